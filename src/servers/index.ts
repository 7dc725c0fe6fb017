import { daphne } from './daphne/index.js';
import { granian } from './granian/index.js';
import { gunicorn } from './gunicorn/index.js';
import { hypercorn } from './hypercorn/index.js';
import { modWsgi } from './mod_wsgi/index.js';
import type { Server } from './server.js';
import { uvicorn } from './uvicorn/index.js';
import { uwsgi } from './uwsgi/index.js';
import { waitress } from './waitress/index.js';

/** Every server that is known, each a folder beside this file; the first is the default. */
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

export function serverNamed(name: string): Server {
  const found = SERVERS.find((server) => server.name === name);
  if (!found) throw new RangeError(`there is no server ${name}`);
  return found;
}
