export type { Arrivals } from './engine/arrivals.js';
export type { SimulationOptions, SimulationResult } from './run/experiment.js';
export { simulate } from './run/simulate.js';
