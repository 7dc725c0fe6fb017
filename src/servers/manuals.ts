import { gunicornManual } from './gunicorn/manual.js';
import type { Manual } from './manual.js';
import type { Server } from './server.js';
import { uvicornManual } from './uvicorn/manual.js';

/** What is needed of each server where its settings are read, judged or explained: the readers, rules and topics. */
export const MANUALS: readonly Manual[] = [gunicornManual, uvicornManual];

export function manualOf(server: Server): Manual {
  const found = MANUALS.find((manual) => manual.server === server);
  if (!found) throw new Error(`there is no manual of ${server.name}`);
  return found;
}
