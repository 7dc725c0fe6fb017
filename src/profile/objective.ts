import { UsageError } from '../errors.js';
import { ValueError } from '../parse/option.js';
import type { Values } from '../parse/options.js';
import { duration, share } from '../parse/types.js';
import type { Assumptions } from './assume.js';
import type { Objective, SloLimit, SloMetric } from './types.js';

const ACCEPTED =
  'mean, p50, p90, p95 or p99 below a time, or wait below a share: p95<250ms, mean<100ms, wait<5%';

const METRICS: readonly SloMetric[] = ['mean', 'p50', 'p90', 'p95', 'p99', 'wait'];

/** Objective that is assumed where a rate is given without one: most requests find a free slot, and bursts find room. */
export const ASSUMED_OBJECTIVE: Objective = {
  limits: [{ text: 'wait<20%', metric: 'wait', limit: 0.2 }],
  maxUtilization: 0.8,
  assumed: true,
};

/** Reads one `--slo`, such as `p95<250ms`; `where` begins the message of a {@link UsageError}. */
function parseSlo(text: string, where = '--slo'): SloLimit {
  const match = /^\s*([a-z]\w*)\s*<\s*(\S+(?:\s+\S+)?)\s*$/i.exec(text);
  const metric = METRICS.find((name) => name === match?.[1]);
  if (!match || !metric)
    throw new UsageError(`${where}: "${text}" is not an objective; accepted: ${ACCEPTED}`);
  const limit = limitOf(metric, match[2]!, where);
  if (!(limit > 0))
    throw new UsageError(`${where}: the limit of "${text}" must be greater than 0; accepted: ${ACCEPTED}`);
  return { text: text.trim(), metric, limit };
}

function limitOf(metric: SloMetric, text: string, where: string): number {
  try {
    return metric === 'wait' ? share.parse(text) : duration.parse(text);
  } catch (error) {
    throw error instanceof ValueError ? new UsageError(`${where}: ${metric}<… ${error.message}`) : error;
  }
}

/** The objective; one is assumed only where a configuration is to be chosen (`choosing`) for a rate. */
export function resolveObjective(values: Values, assumptions: Assumptions, choosing = true): Objective {
  const limits = (values.slo ?? []).map((text) => parseSlo(text));
  const maxUtilization = values.maxUtilization ?? null;
  if (maxUtilization === 0) throw new UsageError('--max-utilization: must be greater than 0, such as 70%');
  if (limits.length > 0 || maxUtilization !== null) return { limits, maxUtilization, assumed: false };
  if (values.rate === undefined || !choosing) return { limits, maxUtilization, assumed: false };
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
    why: `${why}: a fifth of the binding resource is kept for bursts`,
  });
  return ASSUMED_OBJECTIVE;
}
