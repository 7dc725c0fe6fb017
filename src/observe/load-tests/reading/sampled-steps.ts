import { SourceError } from '../../../host/errors.js';
import type { Place } from '../formats/format.js';
import type { LoadStep } from '../step.js';
import { plateausOf } from './plateaus.js';
import type { Counted, Samples } from './samples.js';

export interface Generator {
  readonly tool: string;
  readonly loop: LoadStep['loop'];
}

/** Steps from single requests: one for each stretch with the same number of users, or one of all where they are not told. */
export function sampledSteps(
  samples: Samples,
  { tool, loop }: Generator,
  { file }: Place,
  levels: ReadonlyMap<number, number> = samples.levels(),
): readonly LoadStep[] {
  if (samples.count < 2)
    throw new SourceError(`${file}: has ${samples.count} requests of ${tool}; a step needs 2 or more`);
  const plateaus = loop === 'closed' ? plateausOf(levels) : [];
  const steps = plateaus.flatMap(({ level, fromSecond, toSecond }) => {
    const counted = samples.within(1000 * fromSecond, 1000 * toSecond);
    const seconds = toSecond - fromSecond;
    const source = plateaus.length > 1 ? `${file} (${level} users)` : file;
    return counted.requests > 0
      ? [stepOf(counted, { source, tool, loop, users: level, seconds, notes: [] })]
      : [];
  });
  if (steps.length > 0) return steps;
  const { fromMs, toMs } = samples.span();
  const seconds = (toMs - fromMs) / 1000;
  if (!(seconds > 0)) throw new SourceError(`${file}: all requests of ${tool} have the same time`);
  const counted = samples.within(fromMs, Number.POSITIVE_INFINITY);
  return [stepOf(counted, { source: file, tool, loop, users: null, seconds, notes: ramped(levels) })];
}

const ramped = (levels: ReadonlyMap<number, number>): string[] =>
  new Set(levels.values()).size > 1
    ? ['the number of users changed all the time, so that there is no step; let it stay for a while']
    : [];

type Known = Pick<LoadStep, 'source' | 'tool' | 'loop' | 'users' | 'notes'> & { readonly seconds: number };

/** Of a closed generator that does not tell its users, they are those in flight. */
function stepOf({ requests, failures, times }: Counted, known: Known): LoadStep {
  const throughputPerSecond = requests / known.seconds;
  const { meanMs } = times;
  const busy = meanMs === null ? null : (throughputPerSecond * meanMs) / 1000;
  return {
    ...known,
    users:
      known.loop === 'open' ? null : (known.users ?? (busy === null ? null : Math.max(1, Math.round(busy)))),
    offeredPerSecond: null,
    requests,
    throughputPerSecond,
    errorShare: failures / requests,
    times,
  };
}
