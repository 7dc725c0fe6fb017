import { share, throughput } from '../reading/data.js';
import type { LoadStep } from '../step.js';
import type { Place, TextFormat } from './format.js';

/** The report of ApacheBench. */
export const ab: TextFormat = {
  kind: 'text',
  name: 'ab',
  recognises: (text) => /^Concurrency Level:/m.test(text) && /^Requests per second:/m.test(text),
  read(text, place) {
    const runs = text.split(/^(?=Concurrency Level:)/m).slice(1);
    return runs.map((run, n) =>
      stepOf(run, runs.length > 1 ? `${place.file} (run ${n + 1})` : place.file, place),
    );
  },
};

function stepOf(run: string, source: string, place: Place): LoadStep {
  const number = (pattern: RegExp): number | null => {
    const found = Number(pattern.exec(run)?.[1] ?? Number.NaN);
    return Number.isFinite(found) ? found : null;
  };
  const percentile = (p: number): number | null => number(new RegExp(`^\\s*${p}%\\s+(\\d+)`, 'm'));
  const requests = number(/^Complete requests:\s*(\d+)/m);
  const failed = number(/^Failed requests:\s*(\d+)/m) ?? 0;
  // Answers of another length than the first count as failed; with pages that change they are none.
  const length = number(/Length: (\d+)/) ?? 0;
  const refused = number(/^Non-2xx responses:\s*(\d+)/m) ?? 0;
  return {
    source,
    tool: 'ab',
    loop: 'closed',
    users: number(/^Concurrency Level:\s*(\d+)/m),
    offeredPerSecond: null,
    seconds: number(/^Time taken for tests:\s*([\d.]+)/m),
    requests,
    throughputPerSecond: throughput(
      number(/^Requests per second:\s*([\d.]+)/m),
      place,
      'Requests per second',
    ),
    errorShare: share(Math.max(0, failed - length) + refused, requests),
    times: {
      meanMs: number(/^Time per request:\s*([\d.]+) \[ms\] \(mean\)/m),
      p50Ms: percentile(50),
      p90Ms: percentile(90),
      p95Ms: percentile(95),
      p99Ms: percentile(99),
      maxMs: percentile(100),
    },
    notes:
      length > 0
        ? [`${length} answers had another length than the first, which ab calls failed and wcalc does not`]
        : [],
  };
}
