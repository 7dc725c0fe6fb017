import { SourceError } from '../host/errors.js';
import type { FileAccess } from '../host/host.js';
import type { Load } from './find-file.js';
import { type Source, sourceOf, tidyPath } from './text-file.js';

/** Configuration files are small; anything larger is a mistake or an attack. */
export const LARGEST_BYTES = 1024 * 1024;

/** Opens a configuration file; throws a SourceError that says why it cannot be read. */
export function openSource(files: FileAccess, path: string): Source {
  const file = tidyPath(path);
  const status = files.status(file);
  if (status === null && files.readLink(file) !== null)
    throw new SourceError(`${file}: is a link that leads to no file`);
  if (status && status.kind !== 'file') throw new SourceError(`${file}: is not a regular file`);
  const text = files.readText(file, LARGEST_BYTES).replace(/^\ufeff/, '');
  if (text.includes('\0')) throw new SourceError(`${file}: is not a text file`);
  return sourceOf(file, text);
}

/** Opens files that other files name; one that is not there, or cannot be read, is as if it had not been named. */
export function loaderOf(files: FileAccess): Load {
  const known = new Map<string, Source | null>();
  return (path) => {
    const file = tidyPath(path);
    const before = known.get(file);
    if (before !== undefined) return before;
    const source = tryOpen(files, file);
    known.set(file, source);
    return source;
  };
}

function tryOpen(files: FileAccess, file: string): Source | null {
  try {
    return files.status(file)?.kind === 'file' ? openSource(files, file) : null;
  } catch {
    return null;
  }
}
