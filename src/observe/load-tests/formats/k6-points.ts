import { SourceError } from '../../../host/errors.js';
import { type Data, isData } from '../../data.js';
import { at, numberAt } from '../reading/data.js';
import { sampledSteps } from '../reading/sampled-steps.js';
import { Samples } from '../reading/samples.js';
import type { LineFormat } from './format.js';

/** What k6 writes with `--out json`: a line for each metric, and one for each of its points. */
export const k6Points: LineFormat = {
  kind: 'lines',
  name: 'k6 points',
  recognises: (first) =>
    /^\s*\{/.test(first) && /"type"\s*:\s*"(Metric|Point)"/.test(first) && first.includes('"metric"'),
  reader(_, place) {
    const samples = new Samples(place);
    const users = new Map<number, number>();
    let isOpen = false;
    return {
      line(text, number) {
        const point = pointIn(text, `${place.file}:${number}`);
        if (point?.metric === 'dropped_iterations') isOpen = true;
        if (point === null || point.type !== 'Point') return;
        if (point.metric !== 'http_req_duration' && point.metric !== 'vus') return;
        const [endMs, value] = [
          Date.parse(String(at(point, 'data', 'time'))),
          numberAt(point, 'data', 'value'),
        ];
        if (Number.isNaN(endMs) || value === null)
          throw new SourceError(`${place.file}:${number}: the point has no time or value`);
        if (point.metric === 'vus') users.set(Math.floor(endMs / 1000), value);
        else samples.add(endMs, value, hasFailed(at(point, 'data', 'tags')));
      },
      steps() {
        const loop = place.generator ?? (isOpen ? 'open' : 'closed');
        return sampledSteps(samples, { tool: 'k6', loop }, place, users);
      },
    };
  },
};

function pointIn(text: string, where: string): Data | null {
  if (text.trim() === '') return null;
  let point: unknown;
  try {
    point = JSON.parse(text);
  } catch {
    throw new SourceError(`${where}: is no JSON; accepted: what k6 run --out json=FILE writes`);
  }
  return isData(point) ? point : null;
}

function hasFailed(tags: unknown): boolean {
  const expected = at(tags, 'expected_response');
  if (expected !== undefined) return expected === 'false';
  const status = Number(at(tags, 'status') ?? 200);
  return status === 0 || status >= 400;
}
