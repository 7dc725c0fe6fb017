import type { SloMetric } from '../../profile/types.js';
import { inArithmetic } from '../../text/numbers.js';
import { counted } from '../../text/sentences.js';
import { memoryUsedMiB, workersThatFit } from '../memory.js';
import { type Evaluated, inFlightPerWorker, type Planning } from '../search/candidate.js';
import type { Choice } from '../search/choose.js';
import { cpuHeuristic, ioRatioSlots } from '../search/demand.js';
import { metricOf } from '../search/judge.js';
import { safetyFactor } from '../square-root.js';
import { strategyKind } from '../strategies.js';
import type { DerivationStep } from '../types.js';

/** How the numbers came about, in the order in which they depend on each other. */
export function derive(
  planning: Planning,
  best: Choice | null,
  given: Evaluated | null,
): readonly DerivationStep[] {
  const shown = best?.best ?? given;
  return [
    ...request(planning),
    ...machine(planning),
    ...load(planning),
    ...(shown
      ? [...memory(planning, shown), ...capacity(planning, shown), ...prediction(planning, shown)]
      : []),
  ];
}

const DEFINITION = 'definition';

function request({ demand, profile, demand: { cpuMs, ioMs, serviceMs } }: Planning): DerivationStep[] {
  const { overheadMs } = profile.workload;
  const steps: DerivationStep[] = [
    {
      quantity: 'service time, ms',
      formula: 'CPU + overhead + waiting',
      substituted: `${inArithmetic(cpuMs - overheadMs)} + ${inArithmetic(overheadMs)} + ${inArithmetic(ioMs)}`,
      value: serviceMs,
      source: DEFINITION,
    },
  ];
  if (Number.isFinite(demand.waitPerCompute))
    steps.push({
      quantity: 'wait/compute',
      formula: 'waiting / (CPU + overhead)',
      substituted: `${inArithmetic(ioMs)} / ${inArithmetic(cpuMs)}`,
      value: demand.waitPerCompute,
      source: DEFINITION,
    });
  return steps;
}

function machine({ profile, demand }: Planning): DerivationStep[] {
  const { cores, memory: budget } = profile;
  const steps: DerivationStep[] = [
    {
      quantity: 'cpu-heuristic, workers',
      formula: '⌊(2 × cores) + 1⌋',
      substituted: `⌊(2 × ${inArithmetic(cores)}) + 1⌋`,
      value: cpuHeuristic(cores),
      source: "Gunicorn's design page",
    },
  ];
  if (Number.isFinite(demand.waitPerCompute))
    steps.push({
      quantity: 'io-ratio, slots',
      formula: '⌈cores × (1 + wait/compute)⌉',
      substituted: `⌈${inArithmetic(cores)} × (1 + ${inArithmetic(demand.waitPerCompute)})⌉`,
      value: ioRatioSlots(cores, demand.waitPerCompute),
      source: 'Goetz et al., Java Concurrency in Practice, 2006, section 8.2',
    });
  if (budget.memoryMiB !== null && budget.perWorkerMiB !== null) {
    const { threads } = strategyKind({ profile });
    const taken = [budget.memoryMiB, budget.masterMiB, budget.sharedMiB, budget.reserveMiB].map(inArithmetic);
    steps.push({
      quantity: 'memory-bound, workers',
      formula: '⌊(mem − master − shared − reserve) / (per-worker + threads × per-thread)⌋',
      substituted: `⌊(${taken.join(' − ')}) / (${inArithmetic(budget.perWorkerMiB)} + ${inArithmetic(threads)} × ${inArithmetic(budget.perThreadMiB)})⌋`,
      value: workersThatFit(budget, threads),
      source: 'exact arithmetic',
    });
  }
  return steps;
}

function load({ profile, demand }: Planning): DerivationStep[] {
  const rate = profile.workload.ratePerSecond;
  if (rate === null || demand.load === null) return [];
  const beta = safetyFactor(profile.objective);
  return [
    {
      quantity: 'little: load, erlangs',
      formula: 'rate × service time',
      substituted: `${inArithmetic(rate)}/s × ${inArithmetic(demand.serviceMs)} ms`,
      value: demand.load,
      source: 'Little 1961',
    },
    {
      quantity: 'CPU load, cores',
      formula: 'rate × (CPU + overhead)',
      substituted: `${inArithmetic(rate)}/s × ${inArithmetic(demand.cpuMs)} ms`,
      value: (rate * demand.cpuMs) / 1000,
      source: 'utilisation law',
    },
    {
      quantity: 'square-root, slots',
      formula: '⌈load + β√load⌉',
      substituted: `⌈${inArithmetic(demand.load)} + ${inArithmetic(beta)} × √${inArithmetic(demand.load)}⌉`,
      value: Math.max(1, Math.ceil(demand.load + beta * Math.sqrt(demand.load))),
      source: 'Halfin and Whitt 1981',
    },
  ];
}

function memory(planning: Planning, { candidate }: Evaluated): DerivationStep[] {
  const budget = planning.profile.memory;
  const inFlight = inFlightPerWorker(planning, candidate);
  const used = memoryUsedMiB(budget, candidate.workers, inFlight);
  if (used === null) return [];
  return [
    {
      quantity: 'memory used, MiB',
      formula: 'master + shared + workers × (per-worker + in flight × per-thread) + reserve',
      substituted: `${inArithmetic(budget.masterMiB)} + ${inArithmetic(budget.sharedMiB)} + ${inArithmetic(candidate.workers)} × (${inArithmetic(budget.perWorkerMiB!)} + ${inArithmetic(inFlight)} × ${inArithmetic(budget.perThreadMiB)}) + ${inArithmetic(budget.reserveMiB)}`,
      value: used,
      source: 'exact arithmetic',
    },
  ];
}

function capacity({ profile, demand }: Planning, { candidate, prediction: p }: Evaluated): DerivationStep[] {
  const { concurrency } = candidate.kind;
  const isLoop = concurrency === 'connections' || concurrency === 'unlimited';
  const servers = isLoop
    ? `${counted(candidate.workers, 'event loop')}, `
    : `${inArithmetic(candidate.workers)} × ${inArithmetic(candidate.threads)} slots, ${inArithmetic(demand.serviceMs)} ms each, `;
  return [
    {
      quantity: 'capacity, requests per second',
      formula: `largest rate that cores, interpreter locks ${isLoop ? 'and loops' : 'and slots'} sustain`,
      substituted: `${servers}${inArithmetic(demand.cpuMs)} ms of CPU on ${counted(profile.cores, 'core')}`,
      value: p.capacityPerSecond,
      source: p.method,
    },
  ];
}

function prediction({ profile }: Planning, { prediction: p }: Evaluated): DerivationStep[] {
  if (!p.stable) return [];
  return profile.objective.limits.flatMap(({ metric, text }) => {
    const value = metricOf(p, metric);
    if (value === null) return [];
    return [
      {
        quantity: metric === 'wait' ? 'probability of waiting' : `${metric}, ms`,
        formula: meaningOf(metric),
        substituted: `by the model at ${inArithmetic(profile.workload.ratePerSecond!)}/s, for ${text}`,
        value,
        source: p.method,
      },
    ];
  });
}

function meaningOf(metric: SloMetric): string {
  if (metric === 'mean') return 'CPU + waiting + all queueing, on average';
  if (metric === 'wait') return 'P(no slot is free on arrival)';
  return `t with P(response ≤ t) = ${metric.slice(1)}%`;
}
