import type { Kind } from '../../servers/server.js';
import { mebibytes, milliseconds, perSecond, sized } from '../../text/sentences.js';
import type { Planning } from '../search/candidate.js';
import type { Choice } from '../search/choose.js';

/** What is gained is worth a word from this share on. */
const WORTH_A_WORD = 1.1;

/** What whoever takes the class must be sure of. */
function condition(kind: Kind): string {
  const { concurrency, application } = kind;
  if (application === 'asgi') return 'the application speaks ASGI';
  return concurrency === 'connections'
    ? 'every library that waits cooperates'
    : 'the application is thread-safe';
}

/** Another class that gives more for the same memory, or the same for less, and what it asks of the application. */
export function otherClass(
  planning: Planning,
  choice: Choice,
  choices: readonly Choice[],
): readonly string[] {
  const others = choices.filter((other) => other.kind !== choice.kind && !isSingle(other));
  return planning.demand.load === null ? moreCapacity(choice, others) : lessMemory(choice, others);
}

const isSingle = ({ kind }: Choice): boolean => kind.concurrency === 'one';

/** Without a rate: where memory keeps the class from what the cores could serve. */
function moreCapacity(choice: Choice, others: readonly Choice[]): readonly string[] {
  if (choice.limitedBy === null) return [];
  const { capacityPerSecond } = choice.best.prediction;
  const better = others.find(
    ({ best }) =>
      best.memoryMiB! <= choice.best.memoryMiB! &&
      best.prediction.capacityPerSecond > capacityPerSecond * WORTH_A_WORD,
  );
  if (!better) return [];
  const { workers, threads } = better.best.candidate;
  return [
    `In ${better.best.memoryMiB! < choice.best.memoryMiB! ? mebibytes(better.best.memoryMiB!) : 'the same memory'} ${better.kind.label} with ${sized(workers, threads)} gives ${perSecond(better.best.prediction.capacityPerSecond)} instead of ${perSecond(capacityPerSecond)}, if ${condition(better.kind)}.`,
  ];
}

/** With a rate: a class that beats the recommended one in memory and p95. */
function lessMemory(choice: Choice, others: readonly Choice[]): readonly string[] {
  const { memoryMiB, prediction } = choice.best;
  if (!choice.met || memoryMiB === null || prediction.p95Ms === null) return [];
  const better = others.find(
    ({ met, best }) =>
      met && best.memoryMiB! * WORTH_A_WORD < memoryMiB && best.prediction.p95Ms! < prediction.p95Ms!,
  );
  if (!better) return [];
  const { candidate, prediction: its } = better.best;
  return [
    `${better.kind.label} with ${sized(candidate.workers, candidate.threads)} would take ${mebibytes(better.best.memoryMiB!)} for a p95 of ${milliseconds(its.p95Ms!)}, if ${condition(better.kind)}.`,
  ];
}
