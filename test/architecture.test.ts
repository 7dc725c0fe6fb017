import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { expect, test } from 'vitest';

const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((file) =>
  file.endsWith('.ts'),
);

const IMPORT = /(?:from|import)\s*\(?\s*'([^']+)'/g;

/** What a file imports: packages and builtins by name, own files by their path under src. */
function importsOf(file: string): string[] {
  const text = readFileSync(join('src', file), 'utf8');
  return [...text.matchAll(IMPORT)].map(([, name]) =>
    name!.startsWith('.') ? normalize(join(dirname(file), name!)).replace(/\.js$/, '.ts') : name!,
  );
}

const importing = (wanted: (name: string) => boolean): string[] =>
  files.filter((file) => importsOf(file).some(wanted));

const isOutside = (name: string): boolean => !name.endsWith('.ts');

test('the mathematics of queues imports nothing from outside its folder', () => {
  const queueing = files.filter((file) => file.startsWith('queueing/'));
  const foreign = queueing.flatMap((file) =>
    importsOf(file)
      .filter((name) => !name.startsWith('queueing/'))
      .map((name) => `${file}: ${name}`),
  );
  expect(queueing.length).toBeGreaterThan(10);
  expect(foreign).toEqual([]);
});

test.each(['model/', 'plan/', 'profile/', 'servers/'])('%s does no input or output', (folder) => {
  const outside = files
    .filter((file) => file.startsWith(folder))
    .flatMap((file) =>
      importsOf(file)
        .filter((name) => isOutside(name) || /^(node-host|host|render|commands)\b/.test(name))
        .map((name) => `${file}: ${name}`),
    );
  expect(outside).toEqual([]);
});

test.each([
  ['yargs', 'parse/'],
  ['chalk', 'render/style.ts'],
  ['cli-table3', 'render/table.ts'],
  ['mathjs', 'expression/'],
])('%s is imported in one place', (name, place) => {
  const found = importing((imported) => imported === name || imported.startsWith(`${name}/`));
  expect(found).toHaveLength(1);
  expect(found[0]).toContain(place);
});

test('the file system is touched by the host alone', () => {
  expect(importing((name) => name === 'node:fs' || name === 'node:fs/promises')).toEqual(['node-host.ts']);
});

test('renderers and emitters take data and return text: they know no host', () => {
  const reaching = files
    .filter((file) => /^(render|emit)\//.test(file))
    .filter((file) => importsOf(file).includes('node-host.ts'));
  expect(reaching).toEqual([]);
});

test('no file is longer than 300 lines', () => {
  const long = files
    .map((file) => [file, readFileSync(join('src', file), 'utf8').split('\n').length] as const)
    .filter(([, lines]) => lines > 300);
  expect(long).toEqual([]);
});
