import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { SERVERS } from '../../src/servers/index.js';

const KINDS = SERVERS.flatMap(({ name, kinds }) => [name, ...kinds.map((kind) => kind.name)]);
/** Names of servers and of their worker classes; words that mean something else elsewhere are left out. */
const NAMES = [...new Set(KINDS)].filter(
  (name) => !['async', 'threads', 'django', 'sync', 'asgi', 'wsgi'].includes(name),
);
const NAME = new RegExp(`\\b(${NAMES.join('|')})\\b`, 'i');

const COMMENT_OR_TEXT = /\/\*[\s\S]*?\*\/|\/\/.*|'(?:[^'\n\\]|\\.)*'|"(?:[^"\n\\]|\\.)*"|`(?:[^`\\]|\\.)*`/g;

/** Code without comments and without texts that hold a blank: sentences for people, and lines as they stand in files. */
const withoutProse = (code: string): string =>
  code.replace(COMMENT_OR_TEXT, (text) => (text.startsWith('/') || text.includes(' ') ? '' : text));

const sourcesOf = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));

test.each(['src/model', 'src/simulation'])('%s knows no server and no worker class by its name', (folder) => {
  const files = sourcesOf(folder);
  expect(files.length).toBeGreaterThan(10);
  expect(files.filter((file) => NAME.test(readFileSync(join(folder, file), 'utf8')))).toEqual([]);
});

/** Files outside the servers' folders that name one as data, and what that data is. */
const AS_DATA: Readonly<Record<string, string>> = {
  'checked.ts': 'the library’s System has a Gunicorn worker class',
  'index.ts': 'the library’s System has a Gunicorn worker class',
  'input/options/server.ts': 'the option --gunicorn',
  'profile/inputs.ts': 'the option --gunicorn',
  'profile/server.ts': 'the option --gunicorn',
  'profile/server-asked.ts': 'the option --gunicorn',
  'check/ask.ts': 'the option --gunicorn',
  'commands/check/index.ts': 'the option --gunicorn',
  'commands/fit/index.ts': 'the option --gunicorn',
  'commands/fleet/index.ts': 'the option --gunicorn',
  'commands/plan/formats/formats.ts': 'the output format gunicorn',
  'commands/explain/topics/elsewhere.ts': 'names of other projects',
  'commands/explain/topics/formulas.ts': 'topics to see too',
  'commands/explain/topics/warnings.ts': 'topics to see too',
  'files/discover.ts': 'names of files',
  'files/kind.ts': 'names and heads of files',
  'files/platforms/kubernetes/workloads.ts': 'names of files in ConfigMaps',
  'files/platforms/base-images.ts': 'images that start a server by themselves',
  'files/shell/builtins.ts': 'programs that succeed when asked for',
  'observe/logs/formats/syntaxes.ts': 'format strings of logs',
  'observe/logs/known/lines/granian.ts': 'lines of logs',
  'observe/prometheus/metrics.ts': 'names of exporters',
  'observe/logs/known/lines/index.ts': 'lines of logs',
  'observe/logs/known/lines/uvicorn.ts': 'lines of logs',
  'observe/logs/known/lines/uwsgi.ts': 'lines of logs',
  'servers/deployments/programs.ts': 'what other programs run on',
};

/** Code that still decides by the name of a server. This list can only become shorter. */
const DECIDING: readonly string[] = [
  'observe/machine/configuration.ts',
  'observe/machine/servers.ts',
  'observe/machine/settings.ts',
  'observe/machine/types.ts',
];

test('no code outside its folder names a server or a worker class other than as data', () => {
  const outside = sourcesOf('src').filter(
    (file) =>
      !/^servers\/(\w+\/|index\.ts|manuals\.ts)/.test(file) ||
      /^servers\/(deployments|settings|shapes)\//.test(file),
  );
  const naming = outside.filter((file) => NAME.test(withoutProse(readFileSync(join('src', file), 'utf8'))));
  expect(naming.sort()).toEqual([...Object.keys(AS_DATA), ...DECIDING].sort());
});
