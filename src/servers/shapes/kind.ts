import type { Kind } from '../server.js';

/** The kind of a server with threads that run a WSGI application and read slow clients elsewhere, but for what is said. */
export const kindOf = (said: Pick<Kind, 'server' | 'note' | 'source'> & Partial<Kind>): Kind => ({
  name: said.server,
  label: said.server,
  workerClass: null,
  handlers: null,
  concurrency: 'threads',
  application: 'wsgi',
  websockets: false,
  needsProxy: false,
  fixedThreads: null,
  isSingle: false,
  since: 0,
  until: Number.POSITIVE_INFINITY,
  asks: 'nothing',
  sharesByLimit: false,
  timeoutEndsRequests: false,
  package: null,
  ...said,
});
