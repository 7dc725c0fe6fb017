import type { Values } from '../../src/input/options.js';
import type { Facility } from '../../src/model/discipline.js';
import type { Prediction, Workload } from '../../src/model/types.js';
import { type Candidate, type Planning, startPlanning } from '../../src/plan/search/candidate.js';
import { resolveProfile } from '../../src/profile/resolve.js';
import { factsOf } from '../../src/servers/gunicorn/kinds.js';
import { serverNamed, type WorkerClass } from '../../src/servers/index.js';
import type { Kind } from '../../src/servers/server.js';

/** What a model says. What is left out is unremarkable; without `ci95` an answer has the published error of its model. */
type Said = { readonly [Name in keyof Prediction]?: Prediction[Name] | undefined };
export type Answer = Said | ((facility: Facility, workload: Workload) => Said);

export const prediction = (answer: Said = {}): Prediction =>
  ({
    stable: true,
    capacityPerSecond: 100,
    utilization: { cpu: 0.5, gil: 0.5, slots: 0.5 },
    waitProbability: 0,
    meanMs: 50,
    p50Ms: 45,
    p90Ms: 80,
    p95Ms: 90,
    p99Ms: 120,
    rejectProbability: 0,
    method: 'made up',
    ci95: {},
    ...answer,
  }) as Prediction;

/** A question, whose configurations all do what is said here. */
export const planningOf = (values: Values, answer: Answer = {}): Planning =>
  startPlanning(resolveProfile(values, {}), (facility, workload) =>
    prediction(typeof answer === 'function' ? answer(facility, workload) : answer),
  );

/** The only kind of a server without classes, or a worker class of Gunicorn. */
const kindOf = (name: string): Kind =>
  ['daphne', 'uwsgi', 'uvicorn-itself', 'waitress'].includes(name)
    ? serverNamed(name.replace('-itself', '')).kinds[0]!
    : factsOf(name as WorkerClass);

export const candidateOf = (name: string, workers: number, threads = 1): Candidate => ({
  kind: kindOf(name),
  workers,
  threads,
  workerConnections: null,
});
