import type { Base } from './evaluate.js';
import { currentValue, inputKey } from './find.js';
import type { Result } from './result.js';
import type { Sensitivity } from './types.js';
import type { VariableName } from './vary.js';

/** Inputs that a user measures or chooses, and which therefore can be wrong. */
const TRIED: readonly VariableName[] = [
  'cores',
  'rate',
  'cpuTime',
  'ioTime',
  'cpuCv',
  'ioCv',
  'overhead',
  'mem',
  'perWorker',
  'shared',
  'perThread',
  'workers',
  'threads',
];

const STEP = 0.1;

/** Which input moves a result most, by moving each 10 % down and up; ranked, the strongest first. */
export function sensitivities(base: Base, result: Result): readonly Sensitivity[] {
  const assumed = new Set(base.plan.assumptions.map((assumption) => assumption.input));
  const isAssumed = (input: VariableName) =>
    assumed.has(inputKey(input)) ||
    ((input === 'cpuTime' || input === 'ioTime') && (assumed.has('ioRatio') || assumed.has('serviceTimeMs')));
  return TRIED.flatMap((input) => {
    const now = currentValue(base, input);
    if (now === null || now <= 0) return [];
    const whole = input === 'workers' || input === 'threads';
    const [less, more] = whole
      ? [Math.max(1, now - Math.max(1, Math.round(now * STEP))), now + Math.max(1, Math.round(now * STEP))]
      : [now * (1 - STEP), now * (1 + STEP)];
    const low = result.of(base.measure({ [input]: less }));
    const high = result.of(base.measure({ [input]: more }));
    return [{ input, elasticity: elasticity(low, high, less, more), low, high, assumed: isAssumed(input) }];
  })
    .filter(({ elasticity }) => elasticity !== 0)
    .sort((a, b) => Math.abs(b.elasticity) - Math.abs(a.elasticity));
}

/** d ln(result) / d ln(input); overload on one side counts as the strongest there is. */
function elasticity(low: number | null, high: number | null, less: number, more: number): number {
  if (low === null && high === null) return 0;
  if (low === null) return -OVERLOAD;
  if (high === null) return OVERLOAD;
  if (low <= 0 || high <= 0 || low === high) return 0;
  return Math.log(high / low) / Math.log(more / less);
}

/** Stands for “beyond saturation” and sorts before every finite elasticity seen below it. */
const OVERLOAD = 1000;
