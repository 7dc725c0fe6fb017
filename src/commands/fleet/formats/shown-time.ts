import type { FleetResult } from '../../../fleet/plan-of-fleet.js';
import type { Prediction } from '../../../model/types.js';
import { milliseconds } from '../../../text/numbers.js';

/** The response time by which fleets are told apart. */
export interface ShownTime {
  readonly name: string;
  /** What the objective allows of it, as typed; null where it says nothing of it. */
  readonly limit: string | null;
  ms(prediction: Prediction): number | null;
  /** In words; `overload` where there is none. */
  text(prediction: Prediction): string;
}

const TIMES = [
  ['p99', 'p99Ms'],
  ['p95', 'p95Ms'],
  ['p90', 'p90Ms'],
  ['p50', 'p50Ms'],
  ['mean', 'meanMs'],
] as const;

/** The slowest time that the objective limits; p95 where it limits none. */
export function shownTime({ inputs: { slo } }: Pick<FleetResult, 'inputs'>): ShownTime {
  const limits = Array.isArray(slo) ? slo.map(String) : [];
  const limitOf = (name: string) => limits.find((limit) => limit.startsWith(`${name}<`)) ?? null;
  const [name, key] = TIMES.find(([one]) => limitOf(one) !== null) ?? TIMES[1];
  return {
    name,
    limit: limitOf(name),
    ms: (prediction) => prediction[key],
    text: (prediction) => (prediction.stable === false ? 'overload' : milliseconds(prediction[key])),
  };
}
