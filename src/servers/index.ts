import { daphne } from './daphne/index.js';
import { granian } from './granian/index.js';
import { gunicorn } from './gunicorn/index.js';
import { factsOf } from './gunicorn/kinds.js';
import { WORKER_CLASSES, type WorkerClass } from './gunicorn/worker-class.js';
import { hypercorn } from './hypercorn/index.js';
import { modWsgi } from './mod_wsgi/index.js';
import type { Kind, Server } from './server.js';
import { uvicorn } from './uvicorn/index.js';
import { uwsgi } from './uwsgi/index.js';
import { waitress } from './waitress/index.js';

export { WORKER_CLASSES, type WorkerClass };

/** Every server that is known, each a folder beside this file. */
export const SERVERS: readonly Server[] = [
  gunicorn,
  uvicorn,
  hypercorn,
  daphne,
  granian,
  uwsgi,
  waitress,
  modWsgi,
];

/** The server that is meant where none is named; the only one with worker classes. */
export const DEFAULT_SERVER: Server = gunicorn;

/** The kind of the default server that a worker class is. */
export const kindOfClass = (workerClass: WorkerClass): Kind => factsOf(workerClass);

export function serverNamed(name: string): Server {
  const found = SERVERS.find((server) => server.name === name);
  if (!found) throw new RangeError(`there is no server ${name}`);
  return found;
}
