import { UsageError } from '../../errors.js';
import type { FileAccess } from '../../host.js';

const NAMES = ['wcalc.yaml', 'wcalc.yml', 'wcalc.json'] as const;

/** The configuration file in force: the one asked for, else the one in the working directory, if any. */
export function findConfig(files: FileAccess, asked: string | undefined): string | undefined {
  if (asked !== undefined) return asked;
  const [found, other] = NAMES.filter((name) => files.status(name)?.kind === 'file');
  if (other !== undefined)
    throw new UsageError(`${found} and ${other} are both here; keep one of them, or choose with --config`);
  return found;
}
