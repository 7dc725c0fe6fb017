import { type FileAccess, type Host, leadsWithin } from '../host/host.js';
import { directoryOf } from './text-file.js';

/** Whether a path, with its links followed, lies in the project of the files that were named. */
export type Belongs = (path: string) => boolean;

/**
 * The project of files or directories that the user named (the working directory, where none was): what the files refer
 * to is read from there and from nowhere else, since who wrote them may have named any file of the user. It is the
 * repository of each, else the working directory, else the directory it lies in; never the home directory as a whole.
 */
export function projectOf(
  named: readonly string[],
  { files, cwd, env }: Pick<Host, 'files' | 'cwd' | 'env'>,
): Belongs {
  const home = env.HOME ? files.realPath(env.HOME) : null;
  const roots = new Set<string>();
  for (const path of named.length === 0 ? ['.'] : named) {
    const directory = files.status(path)?.kind === 'directory' ? path : directoryOf(path) || '.';
    const start = files.realPath(directory);
    if (start !== null) roots.add(rootAbove(start, files, files.realPath(cwd), home));
  }
  return (path) => [...roots].some((root) => leadsWithin(files, root, path));
}

function rootAbove(start: string, files: FileAccess, here: string | null, home: string | null): string {
  let root = start;
  for (let at = start; !holds(at, home); at = directoryOf(at)) {
    if (files.status(`${at}/.git`)) return at;
    if (at === here) root = at;
  }
  return root;
}

/** Whether a directory is so wide that it holds the user's other files too. */
const holds = (directory: string, home: string | null): boolean =>
  directory === '/' || home === directory || (home?.startsWith(`${directory}/`) ?? false);
