import { baseName, directoryOf, joinPath, type Source } from './text-file.js';

/** Opens a further file of the project by its path; null where there is none. */
export type Load = (path: string) => Source | null;

/**
 * The file that a path in a configuration means. The path is one of the running system (`/app/gunicorn.conf.py`), so
 * it is compared from its end: among the files given, then beside the file that names it.
 */
export function findFile(path: string, from: string, given: readonly Source[], load: Load): Source | null {
  const segments = path.split('/').filter((segment) => segment !== '' && segment !== '.');
  if (segments.length === 0) return null;
  const directory = directoryOf(from);
  const nameOf = ({ alias, file }: Source) => alias ?? file;
  const exact = given.find((source) => nameOf(source) === joinPath(directory, path));
  if (exact) return exact;
  const scored = given
    .filter((source) => baseName(nameOf(source)) === segments.at(-1))
    .map((source) => ({ source, score: commonTail(nameOf(source).split('/'), segments) }))
    .sort((a, b) => b.score - a.score);
  const [best, second] = scored;
  if (best && best.score !== second?.score) return best.source;
  if (best) return scored.find(({ source }) => directoryOf(source.file) === directory)?.source ?? null;
  for (let skip = 0; skip < segments.length; skip += 1) {
    const tail = segments.slice(skip).join('/');
    if (tail.startsWith('..')) continue;
    const loaded = load(joinPath(directory, tail)) ?? (directory === '' ? null : load(tail));
    if (loaded) return loaded;
  }
  return null;
}

function commonTail(a: readonly string[], b: readonly string[]): number {
  let length = 0;
  while (length < Math.min(a.length, b.length) && a[a.length - 1 - length] === b[b.length - 1 - length])
    length += 1;
  return length;
}
