import type { WorkerClass } from '../../servers/gunicorn/worker-class.js';
import type { Choice } from './choose.js';

/**
 * Classes that need nothing of the application but what every WSGI application has, in order of preference; then
 * those that need its libraries to cooperate; then those for ASGI applications.
 */
const TIERS: readonly (readonly WorkerClass[])[] = [
  ['sync', 'gthread'],
  ['gevent', 'tornado', 'eventlet'],
  ['asgi', 'uvicorn'],
];

/**
 * The choice to recommend. Without a rate: one process per slot where nothing is known of the I/O, else the least
 * memory for the highest capacity. With a rate: of those that meet the objective the one with the least memory, from the first
 * tier that has one; where none does, the one that misses it least. null where nothing fits.
 */
export function recommend(choices: readonly Choice[], ioKnown: boolean): Choice | null {
  const tiers = TIERS.map((tier) =>
    tier.flatMap((c) => choices.find((choice) => choice.workerClass === c) ?? []),
  );
  const first = tiers.find((tier) => tier.length > 0);
  if (!first) return null;
  if (first[0]!.met === null) return withoutRate(first, ioKnown);
  const able = tiers.find((tier) => tier.some((choice) => choice.met));
  if (able)
    return leastBy(
      able.filter((choice) => choice.met),
      memory,
      latency,
    );
  const least = Math.min(...first.map(score));
  return leastBy(
    first.filter((choice) => score(choice) <= least * ALIKE),
    memory,
    score,
  );
}

/** Choices that miss the objective by about as much are told apart by their memory. */
const ALIKE = 1.1;

function withoutRate(choices: readonly Choice[], ioKnown: boolean): Choice {
  if (!ioKnown) return choices[0]!;
  return leastBy(choices, (choice) => -choice.best.prediction.capacityPerSecond, memory);
}

const memory = (choice: Choice): number => choice.best.memoryMiB ?? 0;
const latency = (choice: Choice): number => choice.best.prediction.p95Ms ?? 0;
const score = (choice: Choice): number => choice.best.verdict?.score ?? 0;

/** Differences below a millionth are none: the earlier choice stays. */
function leastBy(choices: readonly Choice[], ...keys: readonly ((choice: Choice) => number)[]): Choice {
  return choices.reduce((best, next) => {
    for (const key of keys) {
      const [a, b] = [key(best), key(next)];
      if (Math.abs(a - b) > 1e-6 * Math.max(Math.abs(a), Math.abs(b))) return b < a ? next : best;
    }
    return best;
  });
}
