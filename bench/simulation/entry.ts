/** What the benchmark runs of the simulator. */
export { Histogram } from '../../src/simulation/histogram.js';
export { replicate } from '../../src/simulation/replicate.js';
export { POISSON } from '../../src/simulation/source.js';
