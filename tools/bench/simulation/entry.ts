/** What the benchmark runs of the simulator. */
export { Histogram } from '../../../src/math/statistics/histogram.js';
export { evenly } from '../../../src/model/predict.js';
export { facilityOf } from '../../../src/servers/gunicorn/discipline.js';
export { POISSON } from '../../../src/simulation/engine/arrivals.js';
export { replicate } from '../../../src/simulation/run/replicate.js';
