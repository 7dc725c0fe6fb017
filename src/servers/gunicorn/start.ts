import type { Settings } from '../server.js';

/** Settings whose option on Gunicorn's command line is not their own name with dashes. */
const OPTION_NAMES: Readonly<Record<string, string>> = { keepalive: 'keep-alive', preload_app: 'preload' };

/** The words that give Gunicorn these settings on its command line. A switch that is off has no word. */
export function argumentWords(settings: Settings): readonly string[] {
  return Object.entries(settings).flatMap(([name, value]) => {
    const option = `--${OPTION_NAMES[name] ?? name.replaceAll('_', '-')}`;
    if (value === false) return [];
    return value === true ? [option] : [option, String(value)];
  });
}
