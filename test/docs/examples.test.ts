import { existsSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  cutLike,
  DOCUMENTS,
  type ExampleFolder,
  exampleFolder,
  examplesIn,
  topicsPage,
} from '../../scripts/docs/examples.mjs';

describe.each(DOCUMENTS.filter((file) => existsSync(file)))('%s', (file) => {
  const examples = examplesIn(readFileSync(file, 'utf8'));
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
