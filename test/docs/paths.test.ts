import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const PAGES = [
  'README.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  'docs/accuracy.md',
  'docs/ci.md',
  'docs/comparison.md',
  'docs/guide.md',
  'docs/load-tests.md',
  'docs/logs.md',
  'docs/prometheus.md',
  'fixtures/measured/README.md',
  'tools/accuracy/harness/README.md',
];

test.each(PAGES)('%s names only files and folders that are there', (page) => {
  const text = readFileSync(join(ROOT, page), 'utf8');
  const links = [...text.matchAll(/\]\((?!https?:)([^)#\s]+)/g)].map(([, to]) => join(dirname(page), to!));
  const named = [...text.matchAll(/`((?:bin|docs|fixtures|src|test|tools|harness)\/[\w./-]*)`/g)].map(
    ([, path]) => path!,
  );
  const missing = [...links, ...named].filter((path) => !existsSync(join(ROOT, path)));
  expect(missing).toEqual([]);
});
