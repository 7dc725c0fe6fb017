import type { Kind } from '../servers/server.js';
import { toldPrediction } from './configuration.js';
import { fixedKind, threadedKind } from './kinds.js';
import { MOST_SLOTS } from './limits.js';
import { workersThatFit } from './memory.js';
import type { Planning } from './search/candidate.js';
import { ceilSafely, cpuHeuristic, ioRatioSlots, processesForCores } from './search/demand.js';
import { shape } from './search/shape.js';
import { fewestOfThreads } from './search/threads.js';
import { leastThatMeets } from './search/with-rate.js';
import { safetyFactor } from './square-root.js';
import type { StrategyId, StrategyResult } from './types.js';

/** A number of workers that a formula of the user's own gave. */
export interface UserStrategy {
  readonly name: string;
  readonly expression: string;
  readonly workers: number;
}

type Answer =
  | { readonly workers: number }
  /** Slots to be split into workers; `leastWorkers` where fewer processes could not use the cores. */
  | { readonly slots: number; readonly leastWorkers?: number }
  | { readonly note: string };

interface Strategy {
  readonly id: StrategyId;
  readonly label: string;
  readonly formula: string;
  /** Workers, or request slots that are then split into workers of `threads` each, or why there is no answer. */
  readonly answer: (planning: Planning, threads: number) => Answer;
}

const NEEDS_RATE: Answer = { note: 'needs --rate' };

const STRATEGIES: readonly Strategy[] = [
  {
    id: 'cpu-heuristic',
    label: 'CPU heuristic',
    formula: '(2 × cores) + 1',
    answer: ({ profile }) => ({ workers: cpuHeuristic(profile.cores) }),
  },
  {
    id: 'memory-bound',
    label: 'Memory bound',
    formula: '⌊(mem − master − shared − reserve) / (per-worker + threads × per-thread)⌋',
    answer: ({ profile: { memory } }, threads) => {
      const workers = workersThatFit(memory, threads);
      return workers > 0 ? { workers } : { note: 'not even one worker fits' };
    },
  },
  {
    id: 'io-ratio',
    label: 'Waiting and computing',
    formula: 'cores × (1 + wait/compute)',
    answer: ({ profile, demand }) =>
      Number.isFinite(demand.waitPerCompute)
        ? {
            slots: ioRatioSlots(profile.cores, demand.waitPerCompute),
            leastWorkers: profile.server.gil ? processesForCores(profile.cores) : 1,
          }
        : { note: 'a request that never computes keeps no core busy, whatever the slots' },
  },
  {
    id: 'little',
    label: "Little's law",
    formula: 'rate × service time',
    answer: ({ demand }) =>
      demand.load === null ? NEEDS_RATE : { slots: Math.max(1, ceilSafely(demand.load)) },
  },
  {
    id: 'square-root',
    label: 'Square-root staffing',
    formula: 'load + β√load',
    answer: ({ demand, profile }) =>
      demand.load === null
        ? NEEDS_RATE
        : {
            slots: Math.max(
              1,
              ceilSafely(demand.load + safetyFactor(profile.objective) * Math.sqrt(demand.load)),
            ),
          },
  },
  {
    id: 'queueing',
    label: 'Queueing model',
    formula: 'fewest workers that meet the objective',
    answer: (planning, threads) => fewestThatMeet(planning, threads),
  },
];

/** Every strategy, whatever memory says: `fitsMemory` tells which of them could run. */
export function compareStrategies(
  planning: Planning,
  unlimited: Planning,
  users: readonly UserStrategy[],
): readonly StrategyResult[] {
  const { kind, threads } = strategyKind(planning);
  const row = (id: string, label: string, formula: string, answer: Answer): StrategyResult => {
    if ('note' in answer) {
      const nothing = { workers: null, threads: null, memoryMiB: null, fitsMemory: null, prediction: null };
      return { id, label, formula, ...nothing, note: answer.note };
    }
    const workers = 'workers' in answer ? answer.workers : split(answer, threads);
    const candidate = shape(planning, kind, workers, threads);
    if (workers * threads > MOST_SLOTS) {
      const note = `more than the ${MOST_SLOTS} slots that are predicted`;
      return {
        id,
        label,
        formula,
        workers,
        threads,
        ...planning.memoryOf(candidate),
        prediction: null,
        note,
      };
    }
    const { memoryMiB, fits, prediction, errors } = planning.evaluate(candidate);
    return {
      ...{ id, label, formula, workers, threads, memoryMiB, fitsMemory: fits },
      prediction: toldPrediction(planning.profile.workload.ratePerSecond, prediction, errors),
    };
  };
  return [
    ...STRATEGIES.map((s) =>
      row(s.id, s.label, s.formula, s.answer(s.id === 'queueing' ? unlimited : planning, threads)),
    ),
    ...users.map((u) => row(`formula:${u.name}`, u.name, u.expression, { workers: u.workers })),
  ];
}

const split = ({ slots, leastWorkers = 1 }: Extract<Answer, { slots: number }>, threads: number): number =>
  Math.max(Math.ceil(slots / threads), Math.min(slots, leastWorkers));

/** Strategies count request slots, so they are shown with one slot a process, or with the threads that the user fixed. */
export function strategyKind({ profile }: Pick<Planning, 'profile'>): {
  readonly kind: Kind;
  readonly threads: number;
} {
  const { kinds } = profile.server;
  const threaded = threadedKind(profile);
  const { threads } = profile.fixed;
  if (threads !== null && threads > 1 && threaded) return { kind: threaded, threads };
  const fixed = fixedKind(profile);
  const one = fixed?.concurrency === 'one' ? fixed : kinds.find(({ concurrency }) => concurrency === 'one');
  const kind = one ?? threaded ?? kinds[0]!;
  return { kind, threads: kind.fixedThreads ?? 1 };
}

function fewestThatMeet(unlimited: Planning, threads: number): Answer {
  if (unlimited.demand.load === null) return NEEDS_RATE;
  const { kind } = strategyKind(unlimited);
  if (threads > 1) {
    const found = fewestOfThreads(unlimited, kind, threads);
    return found === null ? NO_NUMBER : { workers: found.workers };
  }
  const found = leastThatMeets(unlimited, kind);
  return found === null ? NO_NUMBER : { workers: found.workers };
}

const NO_NUMBER: Answer = { note: 'no number of workers meets the objective on these cores' };
