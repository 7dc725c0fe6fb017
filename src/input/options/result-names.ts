/** The numbers of a configuration that a sweep can follow. */
export const RESULT_NAMES = [
  'mean',
  'p50',
  'p90',
  'p95',
  'p99',
  'wait',
  'reject',
  'capacity',
  'cpu',
  'gil',
  'slots',
  'memory',
  'workers',
  'threads',
] as const;

export type ResultName = (typeof RESULT_NAMES)[number];
