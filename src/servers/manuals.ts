import { daphneManual } from './daphne/manual.js';
import { granianManual } from './granian/manual.js';
import { gunicornManual } from './gunicorn/manual.js';
import { hypercornManual } from './hypercorn/manual.js';
import type { Manual } from './manual.js';
import { modWsgiManual } from './mod_wsgi/manual.js';
import type { Server } from './server.js';
import { uvicornManual } from './uvicorn/manual.js';
import { uwsgiManual } from './uwsgi/manual.js';
import { waitressManual } from './waitress/manual.js';

/** What is needed of each server where its settings are read, judged or explained: the readers, rules and topics. */
export const MANUALS: readonly Manual[] = [
  gunicornManual,
  uvicornManual,
  hypercornManual,
  daphneManual,
  granianManual,
  uwsgiManual,
  waitressManual,
  modWsgiManual,
];

export function manualOf(server: Server): Manual {
  const found = MANUALS.find((manual) => manual.server === server);
  if (!found) throw new Error(`there is no manual of ${server.name}`);
  return found;
}
