import { UsageError } from '../errors.js';
import { duration, share } from '../parse/types.js';
import type { Durations, QueueResult } from '../queueing/result.js';

/** What an objective limits: the probability of waiting, or a mean or percentile (s) of the waiting or sojourn time. */
export type Objective =
  | { readonly kind: 'wait'; readonly text: string; readonly probability: number }
  | {
      readonly kind: 'mean';
      readonly of: 'wait' | 'sojourn';
      readonly text: string;
      readonly seconds: number;
    }
  | {
      readonly kind: 'percentile';
      readonly of: 'wait' | 'sojourn';
      readonly text: string;
      /** Share of requests that may take longer. */
      readonly beyond: number;
      readonly seconds: number;
    };

const ACCEPTED = 'wait<5%, meanWait<50ms, p95Wait<50ms, mean<100ms, p95<250ms';

/** Reads one `--slo` of `wcalc queue`. */
export function parseObjective(text: string): Objective {
  const match = /^\s*([a-z]+|p\d+(?:\.\d+)?(?:wait)?)\s*<=?\s*(\S.*?)\s*$/i.exec(text);
  const [, metric = '', limit = ''] = match ?? [];
  const name = metric.toLowerCase();
  if (name === 'wait')
    return {
      kind: 'wait',
      text,
      probability: above0(
        text,
        value(text, () => share.parse(limit)),
      ),
    };
  const of = name.endsWith('wait') ? 'wait' : 'sojourn';
  const seconds = () => value(text, () => duration.parse(limit)) / 1000;
  if (name === 'mean' || name === 'meanwait')
    return { kind: 'mean', of, text, seconds: above0(text, seconds()) };
  const percentile = /^p(\d+(?:\.\d+)?)(?:wait)?$/.exec(name);
  const points = Number(percentile?.[1]);
  if (!percentile || !(points > 0 && points < 100))
    throw new UsageError(`--slo: "${text}" is not an objective; accepted: ${ACCEPTED}`);
  return { kind: 'percentile', of, text, beyond: (100 - points) / 100, seconds: seconds() };
}

function value(text: string, parse: () => number): number {
  try {
    return parse();
  } catch (error) {
    throw new UsageError(`--slo: "${text}": ${error instanceof Error ? error.message : error}`);
  }
}

function above0(text: string, limit: number): number {
  if (limit === 0) throw new UsageError(`--slo: "${text}": must be greater than 0`);
  return limit;
}

/** Whether service times alone, without any wait, already break an objective. */
export function outOfReach(service: Durations, objective: Objective): boolean {
  if (objective.kind === 'wait' || objective.of === 'wait') return false;
  return objective.kind === 'mean'
    ? service.mean >= objective.seconds
    : service.tail(objective.seconds) > objective.beyond;
}

/** Whether a result keeps an objective. An unstable system keeps none. */
export function keeps(result: QueueResult, objective: Objective): boolean {
  if (!result.stable || result.waitProbability === null) return false;
  if (objective.kind === 'wait') return result.waitProbability <= objective.probability;
  const times = objective.of === 'wait' ? result.wait : result.sojourn;
  if (!times) return false;
  return objective.kind === 'mean'
    ? times.mean <= objective.seconds
    : times.tail(objective.seconds) <= objective.beyond;
}
