import { shellWord } from '../../text/quote/shell.js';
import type { Target } from './target.js';

/** Shell assignments for `eval "$(wcalc … --format env)"`. */
export function environment({ hints, environment: settings }: Pick<Target, 'hints' | 'environment'>): string {
  const all = { ...hints, ...settings };
  return [
    ...Object.entries(all).map(([name, value]) => `${name}=${shellWord(value)}`),
    `export ${Object.keys(all).join(' ')}`,
  ].join('\n');
}
