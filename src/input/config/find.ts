import { SourceError, UsageError } from '../../host/errors.js';
import { type FileAccess, leadsWithin } from '../../host/host.js';

const NAMES = ['wcalc.yaml', 'wcalc.yml', 'wcalc.json'] as const;

/** A configuration file, and whether the user named it or it was come across. */
export interface ChosenConfig {
  readonly file: string;
  readonly from: 'named' | 'found';
}

/**
 * The configuration file in force: the one asked for, else the one in the working directory, if any. One that was come
 * across must not be a link that leads elsewhere: what it is taken for would be read and quoted.
 */
export function findConfig(files: FileAccess, asked: string | undefined): ChosenConfig | undefined {
  if (asked !== undefined) return { file: asked, from: 'named' };
  const [file, other] = NAMES.filter((name) => files.status(name)?.kind === 'file');
  if (file === undefined) return undefined;
  if (other !== undefined)
    throw new UsageError(`${file} and ${other} are both here; keep one of them, or choose with --config`);
  if (!leadsWithin(files, '.', file))
    throw new SourceError(
      `${file}: is a link that leads out of this directory; name the file it leads to with --config`,
    );
  return { file, from: 'found' };
}
