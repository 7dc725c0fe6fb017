import type { GunicornSettings } from '../../plan/types.js';
import { shellWord } from '../../text/quote/shell.js';
import { argumentLine } from './start.js';

/**
 * Shell assignments for `eval "$(wcalc … --format env)"`. WEB_CONCURRENCY is only the default of `workers`, so
 * GUNICORN_CMD_ARGS, which beats a configuration file, carries the number too.
 */
export function environment(settings: GunicornSettings): string {
  return [
    `WEB_CONCURRENCY=${shellWord(String(settings.workers))}`,
    `GUNICORN_CMD_ARGS=${shellWord(argumentLine(settings))}`,
    'export WEB_CONCURRENCY GUNICORN_CMD_ARGS',
  ].join('\n');
}
