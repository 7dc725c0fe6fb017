import type { Kind } from '../server.js';
import { asgiKinds } from '../shapes/asgi.js';

const SOURCE = 'granian/server/common.py, src/workers.rs, src/serve.rs';

const WSGI: Kind = {
  name: 'wsgi',
  server: 'granian',
  label: 'granian',
  workerClass: null,
  handlers: null,
  concurrency: 'threads',
  application: 'wsgi',
  websockets: false,
  needsProxy: false,
  fixedThreads: null,
  isSingle: false,
  asks: 'nothing',
  sharesByLimit: false,
  timeoutEndsRequests: false,
  since: 0,
  until: Number.POSITIVE_INFINITY,
  package: null,
  note: 'a pool of blocking threads in each process behind a queue of its own; the application must be thread-safe',
  source: `${SOURCE}, src/blocking.rs`,
};

export const GRANIAN_KINDS: readonly Kind[] = [WSGI, ...asgiKinds('granian', { source: SOURCE })];
