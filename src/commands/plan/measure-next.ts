import type { Invocation } from '../../input/command.js';
import type { Values } from '../../input/options.js';
import type { Configuration, MeasureNext, PlanResult } from '../../plan/types.js';
import { flagOf } from '../../text/names.js';

/** An input that wcalc assumes where it is not given, how far off the assumption may be, and what measures it. */
interface Uncertain {
  readonly option: 'serviceTime' | 'ioRatio' | 'cpuCv' | 'ioCv' | 'perWorker';
  readonly range: (now: number) => readonly [low: number, high: number];
  readonly command: string;
}

/** wcalc's own judgement of what is plausible in web applications; there is no published range. */
const UNCERTAIN: readonly Uncertain[] = [
  { option: 'serviceTime', range: (now) => [now / 3, now * 3], command: 'wcalc fit access.log' },
  {
    option: 'ioRatio',
    range: () => [0.2, 0.95],
    command: 'wcalc fit --load-test FILE --cores N --workers N',
  },
  { option: 'cpuCv', range: () => [0.3, 2], command: 'wcalc fit access.log' },
  { option: 'ioCv', range: () => [0.3, 2], command: 'wcalc fit access.log' },
  { option: 'perWorker', range: (now) => [now / 2, now * 2], command: 'wcalc detect' },
];

/**
 * The assumed inputs, first those that change what is recommended, then by how much they move its 95th percentile over
 * their plausible range; those that change neither are left out. `replan` answers the question with other values.
 */
export function measureNext(
  { assumptions, recommendation }: PlanResult,
  { values }: Pick<Invocation, 'values'>,
  replan: (values: Values) => PlanResult,
): readonly MeasureNext[] {
  return UNCERTAIN.flatMap(({ option, range, command }) => {
    const assumed = assumptions.find(({ flag }) => flag === flagOf(option));
    if (typeof assumed?.value !== 'number') return [];
    const [low, high] = range(assumed.value);
    const [atLow, atHigh] = [low, high].map((value) => outcome(replan({ ...values, [option]: value })));
    const now = outcome({ recommendation });
    const changes = !(sameSize(now, atLow!) && sameSize(now, atHigh!));
    return [
      {
        input: assumed.input,
        flag: assumed.flag,
        low,
        high,
        atLow: atLow!,
        atHigh: atHigh!,
        changes,
        command,
      },
    ];
  })
    .filter((one) => one.changes || spread(one) > 0)
    .sort((a, b) => Number(b.changes) - Number(a.changes) || spread(b) - spread(a));
}

const outcome = ({ recommendation: best }: { readonly recommendation: Configuration | null }) =>
  best && {
    workerClass: best.workerClass,
    workers: best.workers,
    threads: best.threads,
    p95Ms: best.prediction.p95Ms,
  };

type Outcome = ReturnType<typeof outcome>;

const sameSize = (a: Outcome, b: Outcome): boolean =>
  a?.workerClass === b?.workerClass && a?.workers === b?.workers && a?.threads === b?.threads;

/** The ratio of the percentiles at both ends, as a logarithm; overload or no answer at one end is beyond any. */
function spread({ atLow, atHigh }: Pick<MeasureNext, 'atLow' | 'atHigh'>): number {
  const [low, high] = [atLow?.p95Ms ?? null, atHigh?.p95Ms ?? null];
  if (low === null && high === null) return 0;
  return low === null || high === null ? Number.MAX_VALUE : Math.abs(Math.log(high / low));
}
