import type { FileAccess } from '../host/host.js';
import { kindOf } from './kind.js';
import { joinPath } from './text-file.js';

/** Names under which projects keep what starts their server. */
const KNOWN: readonly RegExp[] = [
  /^Procfile$/,
  /^(Dockerfile|Containerfile)([._-].+)?$/,
  /^(docker-)?compose([._-].+)?\.ya?ml$/,
  /^(k8s|kubernetes|deploy(ment)?|manifests?)([._-].+)?\.ya?ml$/,
  /^kustomization\.ya?ml$/,
  /\.service$/,
  /^\.env$/,
  /^(start|run|entrypoint|docker-entrypoint|gunicorn)([._-]?(server|gunicorn|prod|web))?\.sh$/,
  /^supervisord?\.(conf|ini)$/,
  /^(fly\.toml|render\.ya?ml|app\.ya?ml|app\.json|railway\.(json|toml)|nixpacks\.toml)$/,
  /^(ecs[\w-]*|task[-_]?def(inition)?[\w-]*)\.json$/,
  /^(uwsgi\.(ini|ya?ml)|hypercorn\.toml)$/,
];

/** Directories of manifests; every YAML file in them is looked at. */
const DIRECTORIES = new Set(['k8s', 'kubernetes', 'manifests', 'deploy', 'deployment']);

const MOST_FILES = 200;
/** YAML of other names is opened to see whether it is a manifest; files of that size are not. */
const MANIFEST_BYTES = 256 * 1024;

/** Paths of the known names in a directory, of those in `more`, and of the manifests in it, in order. */
export function discover(
  files: FileAccess,
  directory: string,
  more: readonly RegExp[] = [],
): readonly string[] {
  const found: string[] = [];
  for (const name of files.list(directory)) {
    if (found.length >= MOST_FILES) break;
    const path = joinPath(directory === '.' ? '' : directory, name);
    if ([...more, ...KNOWN].some((pattern) => pattern.test(name))) {
      if (isWorthReading(files, path, name)) found.push(path);
    } else if (DIRECTORIES.has(name) && files.status(path)?.kind === 'directory')
      found.push(
        ...files
          .list(path)
          .filter((inner) => /\.ya?ml$/.test(inner))
          .map((inner) => `${path}/${inner}`)
          .filter((inner) => files.status(inner)?.kind === 'file'),
      );
    else if (/\.ya?ml$/.test(name) && isManifest(files, path)) found.push(path);
  }
  return found.slice(0, MOST_FILES);
}

/** A file, or a link to one that is not there, which the server would miss too; secrets in `.env` are often only there. */
function isWorthReading(files: FileAccess, path: string, name: string): boolean {
  const status = files.status(path);
  if (status) return status.kind === 'file';
  return name !== '.env' && files.readLink(path) !== null;
}

/** Whether a file of any name holds objects of Kubernetes; links are not followed. */
function isManifest(files: FileAccess, path: string): boolean {
  if (files.status(path)?.kind !== 'file' || files.readLink(path) !== null) return false;
  try {
    const text = files.readText(path, MANIFEST_BYTES);
    return /^apiVersion\s*:/m.test(text) && kindOf(path, text) === 'kubernetes';
  } catch {
    return false;
  }
}
