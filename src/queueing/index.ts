export type { FullDurations } from './durations.js';
export { erlangB, logErlangB } from './erlang/erlang-b.js';
export { erlangC, logErlangC } from './erlang/erlang-c.js';
export { type FiniteSource, finiteSource } from './finite/finite-source.js';
export { type FiniteQueue, mmck } from './finite/mmck.js';
export type { Law } from './law.js';
export { type MarkovQueue, type MmcResult, mmc } from './mmc/mmc.js';
export type { Durations, QueueResult } from './result.js';
