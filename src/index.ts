export type { Prediction, System, Workload } from './model/types.js';
export type { PlanResult } from './plan/types.js';
export type { Law } from './queueing/law.js';
