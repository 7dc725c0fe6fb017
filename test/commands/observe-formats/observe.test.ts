import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { run } from '../../../src/main.js';
import { madeUpHost } from '../../made-up-host.js';
import { binaryHost } from '../../observe/logs/binary-host.js';
import { treeFiles } from '../../observe/machine/tree-files.js';

const fixture = (path: string) => readFileSync(new URL(`../../../fixtures/${path}`, import.meta.url));

test.each(['v2-docker', 'v2-kubernetes-nested', 'gunicorn-preload-gthread', 'gunicorn-own-cgroup'])(
  'wcalc detect on %s, complete',
  async (name) => {
    for (const format of ['table', 'yaml']) {
      const made = madeUpHost(['detect', '--format', format]);
      const files = treeFiles(fixture(`proc/${name}.tree`).toString());
      expect(await run({ ...made.host, files })).toBe(0);
      expect(made.out()).toMatchSnapshot(format);
    }
  },
);

test.each([
  ['gunicorn-micros-pid', ['--workers', '2', '--worker-class', 'sync']],
  [
    'csv-trace',
    ['--workers', '2', '--threads', '4', '--worker-class', 'gthread', '--cores', '2', '--compare'],
  ],
  ['nginx-named', []],
])('wcalc fit of %s, complete', async (name, args) => {
  for (const format of ['table', 'yaml']) {
    const { host, out, err } = binaryHost(['fit', 'access.log', '--format', format, ...args], {
      'access.log': fixture(`logs/${name}.log`),
    });
    expect(await run(host), err()).toBe(0);
    expect(out() + err()).toMatchSnapshot(format);
  }
});
