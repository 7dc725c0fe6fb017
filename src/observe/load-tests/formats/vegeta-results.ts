import { SourceError } from '../../../host/errors.js';
import { isData } from '../../data.js';
import { numberAt } from '../reading/data.js';
import { sampledSteps } from '../reading/sampled-steps.js';
import { Samples } from '../reading/samples.js';
import type { LineFormat } from './format.js';

/** What `vegeta encode` writes: a line of JSON for each request, with its beginning and its latency in ns. */
export const vegetaResults: LineFormat = {
  kind: 'lines',
  name: 'vegeta results',
  recognises: (first) =>
    /^\s*\{/.test(first) && ['"latency"', '"timestamp"', '"code"'].every((key) => first.includes(key)),
  reader(_, place) {
    const samples = new Samples(place);
    return {
      line(text, number) {
        if (text.trim() === '') return;
        const result = parsed(text);
        const begunMs = Date.parse(String(isData(result) ? result.timestamp : ''));
        const latencyNs = numberAt(result, 'latency');
        if (Number.isNaN(begunMs) || latencyNs === null)
          throw new SourceError(
            `${place.file}:${number}: is no result of vegeta; accepted: what vegeta encode --to json writes`,
          );
        const code = numberAt(result, 'code') ?? 0;
        samples.add(begunMs + latencyNs * 1e-6, latencyNs * 1e-6, code < 200 || code >= 400);
      },
      steps: () => sampledSteps(samples, { tool: 'vegeta', loop: 'open' }, place),
    };
  },
};

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
