import { UsageError } from '../host/errors.js';
import type { Values } from '../input/options.js';
import * as parsed from '../input/types.js';
import type { Assumptions } from './assume.js';
import type { Objective, SloLimit, SloMetric } from './types.js';

const METRICS: readonly SloMetric[] = ['mean', 'p50', 'p90', 'p95', 'p99', 'wait'];

/** Share of the capacity that a recommendation keeps to where nothing else is asked. */
const CEILING = 0.8;

/** Objective that is assumed where a rate is given without one: most requests find a free slot, and bursts find room. */
export const ASSUMED_OBJECTIVE: Objective = {
  limits: [{ text: 'wait<20%', metric: 'wait', limit: 0.2 }],
  maxUtilization: CEILING,
  ceiling: CEILING,
  assumed: true,
};

/** One `--slo` as a limit on what a prediction holds. Throws a {@link UsageError} where predictions do not speak of it. */
function limitOf(asked: parsed.Objective): SloLimit {
  const text = parsed.objective.format(asked);
  const name = asked.metric === 'percentile' ? `p${asked.percent}` : asked.metric;
  const metric = METRICS.find((known) => known === name);
  if (!metric)
    throw new UsageError(
      `--slo: "${text}" limits what is not predicted for servers; accepted: ${METRICS.join(', ')}, such as p95<250ms (wcalc queue takes the others)`,
    );
  return { text, metric, limit: 'limit' in asked ? asked.limit : asked.limitMs };
}

/** The objective; one is assumed only where a configuration is to be chosen (`choosing`) for a rate. */
export function resolveObjective(values: Values, assumptions: Assumptions, choosing = true): Objective {
  const limits = (values.slo ?? []).map(limitOf);
  const maxUtilization = values.maxUtilization ?? null;
  if (maxUtilization === 0) throw new UsageError('--max-utilization: must be greater than 0, such as 70%');
  if (values.rate === undefined || !choosing)
    return { limits, maxUtilization, ceiling: maxUtilization, assumed: false };
  if (maxUtilization !== null) return { limits, maxUtilization, ceiling: maxUtilization, assumed: false };
  if (limits.length > 0) {
    assumptions.add({
      input: 'maxUtilization',
      value: CEILING,
      flag: '--max-utilization',
      why: 'a fifth of the capacity is kept for bursts where that can be had',
    });
    return { limits, maxUtilization, ceiling: CEILING, assumed: false };
  }
  const why = 'no objective was given with the rate';
  assumptions.add({
    input: 'slo',
    value: ASSUMED_OBJECTIVE.limits.map((limit) => limit.text).join(', '),
    flag: '--slo',
    why: `${why}: at most one request in five finds every slot taken`,
  });
  assumptions.add({
    input: 'maxUtilization',
    value: ASSUMED_OBJECTIVE.maxUtilization,
    flag: '--max-utilization',
    why: `${why}: a fifth of the capacity is kept for bursts`,
  });
  return ASSUMED_OBJECTIVE;
}
