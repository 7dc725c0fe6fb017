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

const STRING_OR_CODE = /\/\*[\s\S]*?\*\/|\/\/.*/g;

const sourcesOf = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));

test.each(['src/model', 'src/simulation'])('%s knows no server and no worker class by its name', (folder) => {
  const files = sourcesOf(folder);
  expect(files.length).toBeGreaterThan(10);
  expect(files.filter((file) => NAME.test(readFileSync(join(folder, file), 'utf8')))).toEqual([]);
});

/** Code outside the servers' folders that still names one. This list can only become shorter. */
const NAMING: readonly string[] = [
  'check/rules/shell-missing.ts',
  'commands/page/browser/answer.ts',
  'check/ask.ts',
  'check/inspect.ts',
  'check/rules/invalid-setting.ts',
  'check/rules/memory-overcommit.ts',
  'check/rules/set-twice.ts',
  'check/rules/too-few-slots.ts',
  'check/rules/workers-over-cores.ts',
  'checked.ts',
  'commands/check/formats/text.ts',
  'commands/check/index.ts',
  'commands/detect/formats/table.ts',
  'commands/explain/topics/bounds.ts',
  'commands/explain/topics/elsewhere.ts',
  'commands/explain/topics/formulas.ts',
  'commands/explain/topics/measures.ts',
  'commands/explain/topics/methods.ts',
  'commands/explain/topics/strategies.ts',
  'commands/explain/topics/warnings.ts',
  'commands/fit/index.ts',
  'commands/fleet/index.ts',
  'commands/help/words.ts',
  'commands/plan/formats/formats.ts',
  'commands/plan/formats/gunicorn.ts',
  'commands/plan/formats/models.ts',
  'files/discover.ts',
  'files/kind.ts',
  'files/platforms/base-images.ts',
  'files/platforms/kubernetes.ts',
  'files/shell/builtins.ts',
  'index.ts',
  'input/options/fit.ts',
  'input/options/server.ts',
  'input/options/simulate.ts',
  'input/quantity/duration.ts',
  'observe/logs/analyse.ts',
  'observe/logs/fit-result.ts',
  'observe/logs/formats/format-string.ts',
  'observe/logs/formats/syntaxes.ts',
  'observe/logs/known/lines/granian.ts',
  'observe/logs/known/lines/index.ts',
  'observe/logs/known/lines/uvicorn.ts',
  'observe/logs/known/lines/uwsgi.ts',
  'observe/logs/refusals.ts',
  'observe/logs/unknowns.ts',
  'observe/machine/configuration.ts',
  'observe/machine/servers.ts',
  'observe/machine/settings.ts',
  'observe/machine/types.ts',
  'observe/machine/values.ts',
  'plan/types.ts',
  'plan/warnings/configuration.ts',
  'plan/why/derivation.ts',
  'profile/inputs.ts',
  'profile/resolve.ts',
  'profile/server-asked.ts',
  'profile/server.ts',
  'profile/types.ts',
  'servers/deployments/own-programs.ts',
  'servers/deployments/programs.ts',
  'servers/deployments/services.ts',
  'servers/measured-errors.ts',
];

test('no code outside its folder names a server or a worker class', () => {
  const outside = sourcesOf('src').filter(
    (file) =>
      !/^servers\/(\w+\/|index\.ts|manuals\.ts)/.test(file) ||
      /^servers\/(deployments|settings|shapes)\//.test(file),
  );
  const naming = outside.filter((file) =>
    NAME.test(readFileSync(join('src', file), 'utf8').replace(STRING_OR_CODE, '')),
  );
  expect(naming.sort()).toEqual([...NAMING].sort());
});
