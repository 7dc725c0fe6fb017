/** Queues with general laws of service and arrivals. */

export { lawDurations } from '../laws/distribution.js';
export { lawCv, lawMean, lawThirdMoment } from '../laws/moments.js';
export { type MdcInput, mdc } from './deterministic/mdc.js';
export { type GgcInput, ggc } from './multi-server/ggc.js';
export { type GimcInput, gimc } from './multi-server/gimc.js';
export { type MgcInput, mgc } from './multi-server/mgc.js';
export { type Mg1PsInput, mg1ps } from './processor-sharing/mg1ps.js';
export { type Mg1Input, mg1 } from './single-server/mg1.js';
