import { UsageError } from '../../host/errors.js';
import { shellWord } from '../../text/quote/shell.js';
import type { Target } from './target.js';

/** Shell assignments for `eval "$(wcalc … --format env)"`. */
export function environment({
  title,
  hints,
  environment: settings,
}: Pick<Target, 'title' | 'hints' | 'environment'>): string {
  if (settings === null)
    throw new UsageError(
      `--format env: ${title} reads its settings from no variables; accepted: args, procfile, systemd, compose, kubernetes, dockerfile and other formats that hold its command line`,
    );
  const all = { ...hints, ...settings };
  return [
    ...Object.entries(all).map(([name, value]) => `${name}=${shellWord(value)}`),
    `export ${Object.keys(all).join(' ')}`,
  ].join('\n');
}
