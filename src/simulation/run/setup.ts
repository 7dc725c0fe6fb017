import type { Facility } from '../../model/discipline.js';
import type { Workload } from '../../model/types.js';
import type { Arrivals } from '../engine/arrivals.js';
import type { Physics } from '../engine/policy.js';

/** All that one replication needs: plain data, so that a worker thread can be told it. */
export interface Experiment {
  readonly facility: Facility;
  readonly workload: Workload;
  readonly ratePerSecond: number;
  readonly arrivals: Arrivals;
  readonly physics: Physics;
  readonly seed: number;
  /** Several of the facility behind a balancer, each with `ratePerSecond` on average; one alone where it is left out. */
  readonly balancing?: Balancing;
}

/** Replicas, and how requests are spread over them. */
export interface Balancing {
  readonly replicas: number;
  readonly balancer: 'round-robin' | 'random' | 'least-connections' | 'power-of-two';
  /** Independent balancers, each with its own turn, ≥ 1. */
  readonly balancers: number;
}
