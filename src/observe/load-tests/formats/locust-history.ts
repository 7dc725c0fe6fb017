import { SourceError } from '../../../host/errors.js';
import { cellsOf, columnsOf, hasColumns } from '../reading/cells.js';
import { numberIn, share } from '../reading/data.js';
import { type Plateau, plateausOf } from '../reading/plateaus.js';
import type { LoadStep } from '../step.js';
import type { LineFormat } from './format.js';

/** Locust's percentiles of now look back about ten seconds, so that a step begins with those of the last one. */
const LOOKS_BACK_SECONDS = 10;

interface Second {
  readonly users: number;
  readonly count: number;
  readonly failures: number;
  readonly totalMs: number;
  readonly percentiles: readonly (number | null)[];
}

const PERCENTILES = ['50%', '90%', '95%', '99%', '100%'];

/** Locust's `_stats_history.csv`: each second the users and what was counted until then; a step for each number of users. */
export const locustHistory: LineFormat = {
  kind: 'lines',
  name: 'Locust history',
  recognises: (first) => hasColumns(first, ['Timestamp', 'User Count', 'Name', 'Total Request Count']),
  reader(heading, place) {
    const columns = columnsOf(heading);
    const seconds = new Map<number, Second>();
    return {
      line(text, number) {
        if (number === 1 || text.trim() === '') return;
        const cells = cellsOf(text);
        const name = cells[columns.get('Name')!]?.trim();
        if (name !== 'Aggregated' && name !== 'Total') return;
        const of = (column: string): number | null => numberIn(cells[columns.get(column) ?? -1]);
        const [time, users, count] = [of('Timestamp'), of('User Count'), of('Total Request Count')];
        if (time === null || users === null || count === null)
          throw new SourceError(
            `${place.file}:${number}: Timestamp, User Count and Total Request Count must be numbers, as Locust writes them`,
          );
        seconds.set(Math.floor(time), {
          users,
          count,
          failures: of('Total Failure Count') ?? 0,
          totalMs: count * (of('Total Average Response Time') ?? Number.NaN),
          percentiles: PERCENTILES.map(of),
        });
      },
      steps() {
        const levels = new Map([...seconds].map(([time, { users }]) => [time, users]));
        const plateaus = plateausOf(levels);
        const steps = plateaus.flatMap((plateau) =>
          stepOf(plateau, seconds, place.file, plateaus.length > 1),
        );
        if (steps.length === 0)
          throw new SourceError(
            `${place.file}: in no 5 seconds did the number of users stay the same and requests come to an end; let each step last longer`,
          );
        return steps;
      },
    };
  },
};

function stepOf(
  { level, fromSecond, toSecond }: Plateau,
  seconds: ReadonlyMap<number, Second>,
  file: string,
  isOneOfMany: boolean,
): LoadStep[] {
  const times = [...seconds.keys()]
    .filter((time) => time >= fromSecond && time < toSecond)
    .sort((a, b) => a - b);
  const [firstTime, lastTime] = [times[0]!, times.at(-1)!];
  const [first, last] = [seconds.get(firstTime)!, seconds.get(lastTime)!];
  const requests = last.count - first.count;
  if (!(requests > 0) || lastTime === firstTime) return [];
  const settled = times.filter((time) => time - firstTime >= LOOKS_BACK_SECONDS);
  const looked = (settled.length > 0 ? settled : times.slice(-1)).map(
    (time) => seconds.get(time)!.percentiles,
  );
  const percentile = (n: number): number | null => median(looked.map((values) => values[n] ?? null));
  const meanMs = (last.totalMs - first.totalMs) / requests;
  return [
    {
      source: isOneOfMany ? `${file} (${level} users)` : file,
      tool: 'Locust',
      loop: 'closed',
      users: level,
      offeredPerSecond: null,
      seconds: lastTime - firstTime,
      requests,
      throughputPerSecond: requests / (lastTime - firstTime),
      errorShare: share(Math.max(0, last.failures - first.failures), requests),
      times: {
        meanMs: meanMs > 0 ? meanMs : null,
        p50Ms: percentile(0),
        p90Ms: percentile(1),
        p95Ms: percentile(2),
        p99Ms: percentile(3),
        maxMs: percentile(4),
      },
      notes: [],
    },
  ];
}

function median(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null).sort((a, b) => a - b);
  return known[known.length >> 1] ?? null;
}
