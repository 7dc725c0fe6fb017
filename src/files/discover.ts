import type { FileAccess } from '../host/host.js';
import { joinPath } from './text-file.js';

/** Names under which projects keep what starts their server. */
const KNOWN: readonly RegExp[] = [
  /^Procfile$/,
  /^(Dockerfile|Containerfile)([._-].+)?$/,
  /^(docker-)?compose([._-].+)?\.ya?ml$/,
  /^(k8s|kubernetes|deploy(ment)?|manifests?)([._-].+)?\.ya?ml$/,
  /\.service$/,
  /^\.env$/,
  /^(start|run|entrypoint|docker-entrypoint|gunicorn)([._-]?(server|gunicorn|prod|web))?\.sh$/,
];

/** Directories of manifests; every YAML file in them is looked at. */
const DIRECTORIES = new Set(['k8s', 'kubernetes', 'manifests', 'deploy', 'deployment']);

const MOST_FILES = 200;

/** Paths of the known names in a directory, and of those in `more`, in order. */
export function discover(
  files: FileAccess,
  directory: string,
  more: readonly RegExp[] = [],
): readonly string[] {
  const found: string[] = [];
  for (const name of files.list(directory)) {
    const path = joinPath(directory === '.' ? '' : directory, name);
    if ([...more, ...KNOWN].some((pattern) => pattern.test(name)) && isWorthReading(files, path, name))
      found.push(path);
    else if (DIRECTORIES.has(name) && files.status(path)?.kind === 'directory')
      found.push(
        ...files
          .list(path)
          .filter((inner) => /\.ya?ml$/.test(inner))
          .map((inner) => `${path}/${inner}`)
          .filter((inner) => files.status(inner)?.kind === 'file'),
      );
  }
  return found.slice(0, MOST_FILES);
}

/** A file, or a link to one that is not there, which the server would miss too; secrets in `.env` are often only there. */
function isWorthReading(files: FileAccess, path: string, name: string): boolean {
  const status = files.status(path);
  if (status) return status.kind === 'file';
  return name !== '.env' && files.readLink(path) !== null;
}
