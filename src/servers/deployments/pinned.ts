import type { Load } from '../../files/find-file.js';
import { directoryOf, joinPath, type Source } from '../../files/text-file.js';
import { parseVersion } from '../version.js';
import type { Deployment, Pinned } from './deployment.js';

const NUMBER = '(\\d+(?:\\.\\d+)*)';

/** What is locked says more than what is asked for; of each file the expression that finds a version of a package. */
const FILES: readonly (readonly [readonly string[], (name: string) => string])[] = [
  [['poetry.lock', 'uv.lock', 'pdm.lock'], (name) => `^name = "${name}"\\r?\\nversion = "${NUMBER}"`],
  [['Pipfile.lock'], (name) => `"${name}": \\{[^{}]*"version": "==${NUMBER}"`],
  [
    ['requirements.txt', ...['base', 'common', 'prod', 'production'].map((one) => `requirements/${one}.txt`)],
    required,
  ],
  [['pyproject.toml', 'Pipfile', 'setup.cfg', 'setup.py'], (name) => `${required(name)}|${poetry(name)}`],
];

/** `gunicorn[gevent]==23.0.0`, and `~=23.0.1`, which leaves the last number open. */
function required(name: string): string {
  return `(?:^|[\\s"'])${name}(?:\\[[^\\]\\n]{0,80}\\])?[ \\t]*(?:===?[ \\t]*${NUMBER}|~=[ \\t]*(\\d+\\.\\d+\\.\\d+))(?![\\d.]*\\*)`;
}

/** `gunicorn = "23.0.0"` and `"^23.0"`; a caret leaves all but the first number open. */
const poetry = (name: string): string =>
  `^${name}[ \\t]*=[ \\t]*(?:\\{[^}\\n]{0,80}version[ \\t]*=[ \\t]*)?"(?:${NUMBER}|\\^([1-9]\\d*)[\\d.]*)"`;

/** The version of the server that its project pins, also where it is installed in a file that starts it; null where none does. */
export function pinnedVersion({ server, files }: Deployment, load: Load): Pinned | null {
  const name = server.name.replace(/[_-]/g, '[-_.]');
  const directories = new Set([...files.map(directoryOf), '']);
  for (const [names, expression] of FILES)
    for (const directory of directories)
      for (const file of names) {
        const found = versionIn(load(joinPath(directory, file)), expression(name));
        if (found) return found;
      }
  for (const file of files) {
    const found = versionIn(load(file), required(name));
    if (found) return found;
  }
  return null;
}

function versionIn(source: Source | null, expression: string): Pinned | null {
  if (!source) return null;
  const match = new RegExp(expression, 'im').exec(source.text);
  const written = match?.slice(1).find((group) => group !== undefined);
  const version = written === undefined ? null : parseVersion(written.split('.').slice(0, 2).join('.'));
  if (!match || written === undefined || version === null) return null;
  const from = match.index + match[0].lastIndexOf(written);
  return { version, at: source.at(from, from + written.length) };
}
