import type { Prediction } from '../../../../src/model/types.js';
import type { Configuration, PlanResult } from '../../../../src/plan/types.js';

const known: Prediction = {
  stable: true,
  capacityPerSecond: 67.3,
  utilization: { cpu: 0.3, gil: 0.6, slots: 0.743 },
  waitProbability: 0.367,
  meanMs: 101.4,
  p50Ms: 80,
  p90Ms: 190,
  p95Ms: 246.2,
  p99Ms: 1348,
  rejectProbability: 0,
  method: 'made up',
};
const overloaded: Prediction = {
  ...known,
  stable: false,
  waitProbability: null,
  meanMs: null,
  p50Ms: null,
  p90Ms: null,
  p95Ms: null,
  p99Ms: null,
};

const configuration: Configuration = {
  workerClass: 'gthread',
  workers: 2,
  threads: 6,
  workerConnections: 6,
  boundBy: 'slo',
  memoryMiB: 560.5,
  fitsMemory: true,
  meetsObjective: true,
  prediction: known,
  settings: {
    workers: 2,
    worker_class: 'gthread',
    threads: 6,
    worker_connections: 6,
    timeout: 30,
    preload_app: true,
  },
  settingReasons: { workers: 'because' },
  why: '2 workers × 6 threads: the least memory that gives p95<250ms at 50 req/s; 5 threads would give 320 ms.',
};

/** A plan in which everything that a renderer can show occurs. */
export const everything: PlanResult = {
  schemaVersion: 1,
  tool: { name: 'wcalc', version: '9.9.9' },
  inputs: {
    cores: 2,
    memoryMiB: 1024,
    perWorkerMiB: 200,
    masterMiB: 60.5,
    sharedMiB: 100,
    reserveMiB: 0,
    ratePerSecond: 50,
    slo: ['p95<250ms'],
  },
  assumptions: [{ input: 'cpuCv', value: 1, flag: '--cpu-cv', why: 'as variable as an exponential time' }],
  recommendation: configuration,
  given: {
    ...configuration,
    workers: 9,
    memoryMiB: 1960.5,
    fitsMemory: false,
    meetsObjective: false,
    prediction: overloaded,
    why: 'as given',
  },
  strategies: [
    {
      id: 'cpu-heuristic',
      label: 'CPU heuristic',
      formula: '(2 × cores) + 1',
      workers: 5,
      threads: 1,
      memoryMiB: 1160.5,
      fitsMemory: false,
      prediction: overloaded,
    },
    {
      id: 'little',
      label: "Little's law",
      formula: 'rate × service time',
      workers: null,
      threads: null,
      memoryMiB: null,
      fitsMemory: null,
      prediction: null,
      note: 'needs --rate',
    },
    {
      id: 'formula:house',
      label: 'house',
      formula: 'min(2*cores+1, 4)',
      workers: 4,
      threads: 1,
      memoryMiB: 960.5,
      fitsMemory: true,
      prediction: known,
    },
  ],
  classes: [configuration],
  unsuitableClasses: [{ workerClass: 'eventlet', reason: 'was removed in Gunicorn 26' }],
  warnings: [{ code: 'memory-full', message: 'the workers fill | all of it' }],
  models: [
    {
      model: 'made up',
      topic: 'model-made-up',
      workerClass: 'gthread',
      assumptions: ['Requests arrive at random.'],
      errors: {
        simulated: { meanMedian: 0.01, mean95: 0.08, p95Median: 0.02, p9595: 0.13 },
        measured: { cases: 2, meanMedian: 0.05, meanWorst: 0.07, p95Median: 0.06, p95Worst: 0.09 },
      },
    },
  ],
  derivation: [
    {
      quantity: 'cpu-heuristic',
      formula: '(2 × cores) + 1',
      substituted: '(2 × 2) + 1',
      value: 5,
      source: 'Gunicorn’s design page',
    },
  ],
  origins: { cores: '--cores' },
};
