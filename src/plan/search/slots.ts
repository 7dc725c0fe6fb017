import { type Candidate, connectionsOf } from './candidate.js';

/** Requests that a configuration can have in service at once; infinite where its class sets no limit. */
export function systemSlots(candidate: Candidate): number {
  switch (candidate.kind.concurrency) {
    case 'one':
      return candidate.workers;
    case 'threads':
      return candidate.workers * candidate.threads;
    case 'connections':
      return candidate.workers * connectionsOf(candidate);
    case 'unlimited':
      return Number.POSITIVE_INFINITY;
  }
}
