import { GUNICORN_DEFAULTS } from '../../servers/gunicorn/defaults.js';
import { factsOf } from '../../servers/gunicorn/kinds.js';
import type { Candidate } from './candidate.js';

/** Requests that a configuration can have in service at once; infinite where its class sets no limit. */
export function systemSlots(candidate: Candidate): number {
  switch (factsOf(candidate.workerClass).concurrency) {
    case 'one':
      return candidate.workers;
    case 'threads':
      return candidate.workers * candidate.threads;
    case 'connections':
      return candidate.workers * (candidate.workerConnections ?? GUNICORN_DEFAULTS.workerConnections);
    case 'unlimited':
      return Number.POSITIVE_INFINITY;
  }
}
