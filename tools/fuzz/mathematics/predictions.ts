import { lawMean } from '../../../src/math/queues/index.js';
import { capacity } from '../../../src/model/capacity.js';
import { predict } from '../../../src/model/predict.js';
import type { Prediction } from '../../../src/model/types.js';
import { facilityOf } from '../../../src/servers/gunicorn/discipline.js';
import { WORKER_CLASSES } from '../../../src/servers/gunicorn/worker-class.js';
import { type Draw, lawOf } from './draw.js';
import type { Faults } from './judge.js';
import type { Case } from './queues.js';

const LOADS = [0.1, 0.5, 0.9, 0.97, 0.99, 0.999, 1 - 1e-5, 1 - 1e-8, 1 - 1e-12];

/** Percentiles are read from a lattice. */
const ROUNDING = 0.01;

export const PREDICTIONS: Readonly<Record<string, (draw: Draw) => Case>> = {
  predict: (draw) => predicting(draw, 64, 16),
  'predict-many': (draw) => predicting(draw, 1e6, 1e4),
};

function predicting(draw: Draw, mostWorkers: number, mostCores: number): Case {
  const system = {
    workerClass: draw.pick(WORKER_CLASSES),
    gunicorn: 26,
    workers: Math.round(draw.between(1, mostWorkers)),
    threads: draw.pick([1, 2, 4, 16, 100]),
    workerConnections: draw.pick([1, 16, 1000]),
    backlog: draw.pick([1, 64, 2048]),
    cores: draw.pick([1, 2, 4, draw.between(0.1, mostCores), Math.ceil(draw.between(1, mostCores))]),
    gil: draw.share() < 0.8,
    timeoutMs: draw.pick([0, 30_000]),
  };
  const serviceMs = draw.between(1, 1000);
  const share = draw.pick([0, 0.5, 0.9, 0.99, draw.share()]);
  const workload = {
    ratePerSecond: null,
    cpu: lawOf(draw, serviceMs * (1 - share)),
    io: share > 0 ? lawOf(draw, serviceMs * share) : ({ kind: 'deterministic', mean: 0 } as const),
    ioCalls: share > 0 ? draw.pick([1, 2, 10]) : 0,
    overheadMs: draw.pick([0, 0.5]),
  };
  return {
    question: { system, workload },
    ask: () => {
      const facility = facilityOf(system);
      const most = capacity(facility, workload);
      const cpuMs = lawMean(workload.cpu) + workload.overheadMs;
      const faults: string[] = [];
      if (!(most > 0 && most * cpuMs <= 1000 * system.cores * (1 + 1e-4)))
        faults.push('capacity above cores/CPU');
      let before: Prediction | null = null;
      for (const load of LOADS) {
        const p = predict(facility, { ...workload, ratePerSecond: load * most });
        faults.push(...faultsOf(p, before, cpuMs + (workload.ioCalls > 0 ? lawMean(workload.io) : 0)));
        if (p.meanMs !== null) before = p;
      }
      return [...new Set(faults)];
    },
  };
}

function faultsOf(p: Prediction, before: Prediction | null, demandMs: number): Faults {
  const { meanMs, p50Ms, p90Ms, p95Ms, p99Ms, waitProbability, rejectProbability, utilization } = p;
  const times = [meanMs, p50Ms, p90Ms, p95Ms, p99Ms];
  if (times.some((time) => time === null)) return ['no times below the capacity'];
  const faults: string[] = [];
  if (!times.every((time) => Number.isFinite(time) && time! >= 0)) faults.push('a time is no number');
  if (meanMs! < demandMs * (1 - 1e-6)) faults.push('mean below the service time');
  if (!(p50Ms! <= p90Ms! && p90Ms! <= p95Ms! && p95Ms! <= p99Ms!)) faults.push('percentiles out of order');
  const shares = [waitProbability, rejectProbability, ...Object.values(utilization ?? {})];
  if (shares.some((share) => share !== null && !(share >= 0 && share <= 1)))
    faults.push('a share outside 0 to 1');
  if (p50Ms! > 2 * meanMs! * (1 + ROUNDING)) faults.push('p50 too long for the mean');
  if (p95Ms! > 20 * meanMs! * (1 + ROUNDING)) faults.push('p95 too long for the mean');
  if (!before) return faults;
  if (meanMs! < before.meanMs! * (1 - 1e-3)) faults.push(`mean falls: ${p.method}`);
  for (const key of ['p50Ms', 'p90Ms', 'p95Ms', 'p99Ms'] as const)
    if (p[key]! < before[key]! * (1 - ROUNDING)) faults.push(`${key} falls: ${p.method}`);
  return faults;
}
