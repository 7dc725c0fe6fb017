export type { Law } from '../laws/law.js';
export { asymptoticBounds, type Bounds, balancedJobBounds, type Range } from './closed/bounds.js';
export { closedNetwork } from './closed/closed-network.js';
export { meanValueAnalysis } from './closed/mean-value-analysis.js';
export type { ClosedNetwork, ClosedResult, Station, StationResult } from './closed/network.js';
export type { FullDurations } from './durations.js';
export { erlangB, logErlangB } from './erlang/erlang-b.js';
export { erlangC, logErlangC } from './erlang/erlang-c.js';
export {
  loadForBlocking,
  loadForWaiting,
  serversForBlocking,
  serversForWaiting,
} from './erlang/inverses.js';
export { type FiniteSource, finiteSource } from './finite/finite-source.js';
export { type FiniteQueue, mmck } from './finite/mmck.js';
export * from './general.js';
export { littleNumber, littleRate, littleTime } from './little.js';
export { type MarkovQueue, type MmcResult, mmc } from './mmc/mmc.js';
export { serversForMmc } from './mmc/servers-for-mmc.js';
export { type MmcStates, mmcStates } from './mmc/states.js';
export type { Durations, QueueResult } from './result.js';
export { fitAmdahl, fitUsl, type Measurement, type UslFit } from './scalability/fit-usl.js';
export {
  amdahlSpeedup,
  type UslLandmarks,
  type UslModel,
  uslLandmarks,
  uslThroughput,
} from './scalability/usl.js';
export { halfinWhittBeta, halfinWhittProbability, squareRootStaffing } from './staffing/square-root.js';
