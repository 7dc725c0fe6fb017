import { expect, test } from 'vitest';
import { run } from '../../src/main.js';
import { lookUp } from '../../src/text/lookup.js';
import { madeUpHost } from '../made-up-host.js';

test('a table has the entries that were put into it and no others', () => {
  const table = { a: 1 };
  expect(lookUp(table, 'a')).toBe(1);
  for (const name of ['b', 'constructor', 'toString', '__proto__', 'hasOwnProperty'])
    expect(lookUp(table, name)).toBeUndefined();
});

/** Names that every object of JavaScript answers to, wherever a file or an argument may put a name. */
const INHERITED: Readonly<Record<string, (name: string) => readonly [string, string]>> = {
  'a method in a gunicorn.conf.py': (name) => ['gunicorn.conf.py', `workers = "4".${name}("2")\n`],
  'a setting in a gunicorn.conf.py': (name) => ['gunicorn.conf.py', `${name} = 4\nworkers = 2\n`],
  'a key in a hypercorn.toml': (name) => ['hypercorn.toml', `${name} = 4\nworkers = 2\n`],
  'a plan of Render': (name) => [
    'render.yaml',
    `services: [{type: web, name: a, plan: ${name}, startCommand: gunicorn a:b}]\n`,
  ],
  'a class of App Engine': (name) => [
    'app.yaml',
    `runtime: python312\ninstance_class: ${name}\nentrypoint: gunicorn a:b\n`,
  ],
  'a command in a start script': (name) => [
    'start.sh',
    `#!/bin/sh\n${name} x\n[ a ${name} b ] && ${name}\nexec gunicorn a:b\n`,
  ],
};

test.each(Object.entries(INHERITED))('%s may have any name', async (_, made) => {
  for (const name of ['constructor', 'toString', '__proto__', 'valueOf']) {
    const [file, text] = made(name);
    const { host, err } = madeUpHost(['check', file, '--cores', '2'], { files: { [file]: text } });
    expect([0, 1, 3], err()).toContain(await run(host));
    expect(err()).not.toContain('defect');
  }
});

test('a variable of a log’s format may have any name, and a format is no longer than a regular expression can be', async () => {
  const answer = async (format: string) => {
    const { host, err } = madeUpHost(['fit', 'a', '--log-format', format], { files: { a: 'x\n' } });
    return [await run(host), err()];
  };
  expect(await answer('$constructor $toString')).toEqual([3, expect.not.stringContaining('defect')]);
  expect(await answer('$request_time '.repeat(1000))).toEqual([
    2,
    'wcalc: --log-format: has 14000 characters; accepted: at most 4096\n',
  ]);
});
