import type { QueueResult } from '../../../src/math/queues/index.js';

/** What is wrong with an answer, as texts of few kinds; empty where nothing is. */
export type Faults = readonly string[];

const SHARES = [0.5, 0.9, 0.95, 0.99];

/** Relative slack of inversions and searches. */
const SLACK = 1e-6;

export function faultsOfQueue(result: QueueResult): Faults {
  const { stable, waitProbability, wait, sojourn, meanQueueLength, utilization } = result;
  if (!stable) return ['overloaded below saturation'];
  const faults: string[] = [];
  const number = (name: string, value: number | null, most = Number.POSITIVE_INFINITY): void => {
    if (value === null || !Number.isFinite(value)) faults.push(`${name} is no number`);
    else if (value < 0) faults.push(`${name} below 0`);
    else if (value > most) faults.push(`${name} above ${most}`);
  };
  number('waitProbability', waitProbability, 1);
  number('utilization', utilization, 1);
  number('meanQueueLength', meanQueueLength);
  for (const [name, durations] of [
    ['wait', wait],
    ['sojourn', sojourn],
  ] as const) {
    if (!durations) continue;
    number(`mean ${name}`, durations.mean);
    let before = 0;
    for (const p of SHARES) {
      const value = durations.percentile(p);
      number(`percentile of ${name}`, value);
      if (value < before * (1 - SLACK)) faults.push(`percentiles of ${name} out of order`);
      // Markov's inequality
      if (value * (1 - p) > durations.mean * (1 + 1e-3))
        faults.push(`percentile of ${name} too long for its mean`);
      before = value;
    }
    const tails = [0, 0.5, 1, 2, 5].map((times) => durations.tail(times * durations.mean));
    if (tails.some((tail) => !(tail >= 0 && tail <= 1 + 1e-9)))
      faults.push(`tail of ${name} is no probability`);
    if (tails.some((tail, i) => i > 0 && tail > tails[i - 1]! + 1e-6)) faults.push(`tail of ${name} rises`);
  }
  return faults;
}
