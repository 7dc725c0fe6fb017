export type { SimulationOptions, SimulationResult } from './simulate.js';
export { simulate } from './simulate.js';
export type { Arrivals } from './source.js';
