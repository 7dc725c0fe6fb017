export type { SimulationOptions, SimulationResult } from './conduct.js';
export { simulate } from './simulate.js';
export type { Arrivals } from './source.js';
