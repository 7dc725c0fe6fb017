import type { KnownJson } from '../known.js';
import { caddy } from './caddy.js';
import { envoyJson } from './envoy.js';
import { appEngine, google } from './google.js';
import { kong } from './kong.js';
import { pino } from './pino.js';
import { traefikJson } from './traefik.js';

/** Formats of JSON lines that are known by their names; the first whose names a log has is its format. */
export const JSON_FORMATS: readonly KnownJson[] = [
  traefikJson,
  caddy,
  envoyJson,
  google,
  appEngine,
  kong,
  pino,
];
