import type { Assumption } from './types.js';

/** What is taken to stand before several replicas where nothing is said of it. */
export const ASSUMED_BALANCER = {
  input: 'balancer',
  value: 'round-robin',
  flag: '--balancer',
  why: 'one load balancer that takes turns, as nginx and HAProxy do unless told otherwise; kube-proxy by itself chooses at random',
} as const satisfies Assumption;
