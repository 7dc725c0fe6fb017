import type { FleetResult } from '../../../fleet/plan-of-fleet.js';
import { duration } from '../../../input/types.js';
import type { Prediction } from '../../../model/types.js';
import { milliseconds } from '../../../text/numbers.js';

/** The response time by which fleets are told apart. */
export interface ShownTime {
  readonly name: string;
  /** What the objective allows of it, as typed and in ms; null where it says nothing of it. */
  readonly limit: { readonly text: string; readonly ms: number } | null;
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
  const limitOf = (name: string) => limits.find((limit) => limit.startsWith(`${name}<`));
  const [name, key] = TIMES.find(([one]) => limitOf(one)) ?? TIMES[1];
  const text = limitOf(name);
  return {
    name,
    limit: text ? { text, ms: duration.parse(text.slice(name.length + 1)) } : null,
    ms: (prediction) => prediction[key],
    text: (prediction) => (prediction.stable === false ? 'overload' : milliseconds(prediction[key])),
  };
}
