import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  cutLike,
  DOCUMENTS,
  type ExampleFolder,
  exampleFolder,
  examplesIn,
  topicsPage,
} from '../../scripts/docs/examples.mjs';

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

test('the page of topics is what explain prints (npm run docs renews it)', () => {
  expect(topicsPage()).toBe(readFileSync('docs/topics.md', 'utf8'));
});
