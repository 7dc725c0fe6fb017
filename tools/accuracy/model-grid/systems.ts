import { capacity } from '../../../src/model/capacity.js';
import { evenly } from '../../../src/model/predict.js';
import type { Workload } from '../../../src/model/types.js';
import { facilityOf, type System } from '../../../src/servers/gunicorn/discipline.js';

/** A small generator of its own, so that the grid stays the same whatever the simulator's streams become (mulberry32). */
export function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

export const KINDS = ['sync', 'gthread', 'gthread-shared', 'gevent', 'uvicorn', 'tornado'] as const;
export type Kind = (typeof KINDS)[number];

export interface Question {
  readonly kind: Kind;
  readonly utilization: number;
  readonly system: System;
  readonly workload: Workload;
}

/** A random system of the kind, at a utilisation of its own capacity; most demands are exponential with one wait. */
export function randomQuestion(kind: Kind, random: () => number): Question {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const workers = pick([1, 2, 2, 3, 4, 4, 6, 8, 12, 16]);
  const manyThreads = pick([1, 2, 4, 4, 8, 16, 32]);
  const cores = pick([1, 1, 2, 2, 4, 4, 8, 16]);
  const ioShare = pick([0, 0.3, 0.5, 0.5, 0.7, 0.8, 0.9, 0.95]);
  const utilization = pick([0.3, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95]);
  const serviceMs = pick([20, 50, 100, 100, 200, 1000]);
  const plain = random() < 0.6;
  const cpuCv = plain ? 1 : pick([0, 0.5, 1, 1.5, 2]);
  const ioCv = plain ? 1 : pick([0, 0.5, 1, 1.5]);
  const ioCalls = ioShare > 0 ? (plain ? 1 : pick([1, 2, 4])) : 0;
  const gthread = kind === 'gthread' || kind === 'gthread-shared';
  const threads = gthread ? manyThreads : 1;
  const system: System = {
    workerClass: gthread ? 'gthread' : kind,
    gunicorn: 26,
    workers,
    threads,
    cores,
    workerConnections: kind === 'gthread-shared' ? threads : 1000,
    backlog: 2048,
    gil: true,
    timeoutMs: 0,
  };
  const workload: Workload = {
    ratePerSecond: null,
    cpu: { kind: 'two-moment', mean: serviceMs * (1 - ioShare), cv: cpuCv },
    io: { kind: 'two-moment', mean: serviceMs * ioShare, cv: ioCv },
    ioCalls,
    overheadMs: 0,
  };
  const ratePerSecond = utilization * capacity(evenly(facilityOf(system)), workload);
  return { kind, utilization, system, workload: { ...workload, ratePerSecond } };
}
