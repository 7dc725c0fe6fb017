export type { Law } from './law.js';
export type { Durations, QueueResult } from './result.js';
