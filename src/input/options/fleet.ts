import type { Option } from '../option.js';
import {
  choice,
  count,
  growth,
  machineShape,
  partOfFleet,
  path,
  positiveDuration,
  price,
  survive,
} from '../types.js';

export const fleetOptions = {
  shape: {
    type: machineShape,
    group: 'Fleet',
    help: 'what one replica may be, [NAME=]CORES:MEM[:PRICE]',
    fallback: 'from 0.5:512MiB to 8:16GiB',
    repeatable: true,
  },
  priceCore: { type: price, group: 'Fleet', help: 'price of one core, for shapes without a price' },
  priceMem: { type: price, group: 'Fleet', help: 'price of one GiB of memory, for shapes without a price' },
  balancer: {
    type: choice('round-robin', 'random', 'least-connections', 'power-of-two'),
    group: 'Fleet',
    help: 'how requests are spread over replicas',
    fallback: 'round-robin; simulate: one replica by itself',
  },
  balancers: {
    type: count(1, 1_000_000),
    group: 'Fleet',
    help: 'independent balancers, each with its own turn',
    fallback: '1',
  },
  survive: {
    type: survive,
    group: 'Fleet',
    help: 'replicas, or a zone, that may be gone while the objective holds',
    fallback: '1',
  },
  zones: {
    type: count(1, 1000),
    group: 'Fleet',
    help: 'zones that the replicas are spread over evenly',
    fallback: '1',
  },
  surge: {
    type: partOfFleet,
    group: 'Fleet',
    help: 'replicas beyond the wanted number during a rolling update, rounded up',
    fallback: '25%',
  },
  maxUnavailable: {
    type: partOfFleet,
    group: 'Fleet',
    help: 'replicas that may be missing during a rolling update, rounded down',
    fallback: '25%',
  },
  growth: {
    type: growth,
    group: 'Fleet',
    help: 'how fast the rate may grow, as a share per minute',
    fallback: '0',
  },
  reaction: {
    type: positiveDuration,
    group: 'Fleet',
    help: 'how long a new replica takes to serve',
    fallback: '60s',
  },
  rates: {
    type: path,
    group: 'Fleet',
    help: 'the rate over a day or week: CSV of time and rate, or a profile of fit --format profile',
    power: 'reads',
  },
} as const satisfies Record<string, Option<unknown>>;
