import { demand } from '../demand.js';
import { distribution } from '../laws/distribution.js';
import type { Option } from '../option.js';
import { count, duration, number } from '../types.js';

/** Options of `wcalc queue` alone. */
export const queueOptions = {
  servers: { type: count(), group: 'Model', help: 'servers of the queue (c)' },
  arrivalCv: {
    type: number,
    group: 'Model',
    help: 'coefficient of variation of the time between arrivals',
    fallback: '1',
  },
  arrivalDistribution: {
    type: distribution,
    group: 'Model',
    help: 'law of the time between arrivals',
    fallback: 'exponential',
  },
  serviceDistribution: {
    type: distribution,
    group: 'Model',
    help: 'law of the service time',
    fallback: 'exponential',
  },
  capacity: { type: count(), group: 'Model', help: 'most requests in the system, in service or waiting (K)' },
  population: { type: count(), group: 'Model', help: 'customers of a closed system (N)' },
  thinkTime: {
    type: duration,
    group: 'Model',
    help: 'mean time a customer spends between two requests',
    fallback: '0',
  },
  demand: {
    type: demand,
    group: 'Model',
    help: 'a station of a closed network: its service demand, and its servers after @',
    repeatable: true,
  },
} as const satisfies Record<string, Option<unknown>>;
