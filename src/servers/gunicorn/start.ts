import type { GunicornSettings } from '../../plan/types.js';
import { shellWord } from '../../text/quote/shell.js';

/** Settings whose option on Gunicorn's command line is not their own name with dashes. */
const OPTION_NAMES: Readonly<Record<string, string>> = { keepalive: 'keep-alive', preload_app: 'preload' };

/** The words that give Gunicorn these settings on its command line. A switch that is off has no word. */
export function argumentWords(settings: GunicornSettings): readonly string[] {
  return Object.entries(settings).flatMap(([name, value]) => {
    const option = `--${OPTION_NAMES[name] ?? name.replaceAll('_', '-')}`;
    if (value === false) return [];
    return value === true ? [option] : [option, String(value)];
  });
}

/** The same as one shell line, each word quoted where needed. */
export const argumentLine = (settings: GunicornSettings): string =>
  argumentWords(settings).map(shellWord).join(' ');
