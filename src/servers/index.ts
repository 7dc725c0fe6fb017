import { gunicorn } from './gunicorn/index.js';
import type { Server } from './server.js';
import { uvicorn } from './uvicorn/index.js';

/** Every server that is known, each a folder beside this file; the first is the default. */
export const SERVERS: readonly Server[] = [gunicorn, uvicorn];

export function serverNamed(name: string): Server {
  const found = SERVERS.find((server) => server.name === name);
  if (!found) throw new RangeError(`there is no server ${name}`);
  return found;
}
