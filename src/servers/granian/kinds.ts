import type { Kind } from '../server.js';
import { asgiKinds } from '../shapes/asgi.js';
import { kindOf } from '../shapes/kind.js';

const SOURCE = 'granian/server/common.py, src/workers.rs, src/serve.rs';

const WSGI = kindOf({
  server: 'granian',
  name: 'wsgi',
  note: 'a pool of blocking threads in each process behind a queue of its own; the application must be thread-safe',
  source: `${SOURCE}, src/blocking.rs`,
});

export const GRANIAN_KINDS: readonly Kind[] = [WSGI, ...asgiKinds('granian', { source: SOURCE })];
