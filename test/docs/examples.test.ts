import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  cutLike,
  DOCUMENTS,
  type ExampleFolder,
  exampleFolder,
  examplesIn,
  pictures,
  topicsPage,
} from '../../tools/docs/examples.mjs';
import { isBuilt } from '../support/require-tool.js';

const documents = DOCUMENTS.map((file) => [file, examplesIn(readFileSync(file, 'utf8'))] as const);

describe.each(documents.filter(([, examples]) => examples.length > 0))('%s', (_, examples) => {
  let folder: ExampleFolder;
  beforeAll(() => {
    folder = exampleFolder();
  });
  afterAll(() => folder.remove());

  // In order: a later example may read what an earlier one wrote.
  test.each(examples)(
    '$command prints what the document shows (npm run docs renews it)',
    ({ command, output }) => {
      expect(cutLike(output, folder.run(command))).toBe(output);
    },
  );
});

test('the pictures show what a terminal shows (npm run docs renews them)', () => {
  const { run, remove } = exampleFolder();
  const made = pictures(run);
  remove();
  expect(made.length).toBeGreaterThan(1);
  for (const { file, svg } of made) expect(svg, file).toBe(readFileSync(file, 'utf8'));
});

test('the page of topics is what explain prints (npm run docs renews it)', () => {
  expect(topicsPage()).toBe(readFileSync('docs/topics.md', 'utf8'));
});

test.runIf(isBuilt('dist/index.js'))('the examples of the library print what their comments say', () => {
  const blocks = DOCUMENTS.flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/^```js\n(.*?)^```/gms)].map(([, code]) => code!),
  );
  expect(blocks.length).toBeGreaterThan(0);
  for (const code of blocks) {
    const said = [...code.matchAll(/console\.log\(.*\); \/\/ (.*)$/gm)].map(([, text]) => text);
    const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-'], {
      input: code,
      encoding: 'utf8',
    });
    expect(stderr).toBe('');
    expect(stdout.trimEnd().split('\n')).toEqual(said);
  }
});
