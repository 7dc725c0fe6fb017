import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, test } from 'vitest';

/** What each room of the house may import; itself always. A room that is not named here may not exist. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  host: [],
  text: [],
  math: [],
  files: ['host', 'text'],
  model: ['math'],
  simulation: ['math', 'model'],
  servers: ['host', 'text', 'files', 'math', 'model', 'simulation'],
  input: ['host', 'text', 'math', 'files', 'model', 'simulation', 'servers'],
  profile: ['host', 'text', 'math', 'model', 'servers', 'input'],
  output: ['host', 'text', 'input'],
  plan: ['host', 'text', 'math', 'model', 'servers', 'input', 'profile'],
  observe: ['host', 'text', 'math', 'files', 'model', 'simulation', 'servers', 'input', 'profile'],
  fleet: ['host', 'text', 'math', 'model', 'simulation', 'servers', 'input', 'profile', 'plan'],
  check: ['host', 'text', 'math', 'files', 'model', 'simulation', 'servers', 'input', 'profile', 'plan'],
  commands: [
    ...['host', 'text', 'math', 'files', 'model', 'simulation', 'servers', 'input'],
    ...['profile', 'output', 'plan', 'observe', 'fleet', 'check'],
  ],
};

/** Arrows that still run upwards. This list can only become shorter. */
const UPWARDS: readonly string[] = [];

/** Packages that only one place may import. */
const ONE_PLACE: Readonly<Record<string, string>> = {
  yargs: 'input/arguments/',
  chalk: 'text/style.ts',
  'cli-table3': 'output/table.ts',
  mathjs: 'plan/formulas/',
};

/**
 * Rooms, folders and files that also run in a browser: with all that they import before a run asks for more, they reach
 * nothing of Node's and no package but those named above.
 */
const IN_A_BROWSER = [
  ...['text/', 'math/', 'model/', 'servers/index.ts', 'profile/', 'plan/'],
  ...['input/options/', 'input/quantity/', 'output/chart/'],
];

/** Packages that need nothing of Node. */
const PURE = [...Object.keys(ONE_PLACE), 'string-width', 'fastest-levenshtein'];

/** Interpreters recurse by nature: an expression holds a call, and the function called holds statements. */
const INTERPRETERS = ['files/python/', 'files/shell/'];

const MOST_ENTRIES = 20;
const MOST_LINES = 300;

const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((file) =>
  file.endsWith('.ts'),
);

const IMPORT = /(?:from|import)\s*\(?\s*'([^']+)'/g;

/** What a file imports: packages and builtins by name, own files by their path under src. */
function importsOf(file: string, pattern = IMPORT): string[] {
  const text = readFileSync(join('src', file), 'utf8');
  return [...text.matchAll(pattern)].map(([, name]) =>
    name!.startsWith('.') ? normalize(join(dirname(file), name!)).replace(/\.js$/, '.ts') : name!,
  );
}

const LOADED = /^(?:import|export) (?!type )[\w*,{}\s]*from '([^']+)'/gm;

/** What is loaded with a file: what it imports but for types, and for what it asks for only when a run needs it. */
const loadedBy = (file: string): string[] => importsOf(file, LOADED);

/** What some files come to, the arrows followed to their ends; the files themselves only where an arrow leads back. */
function reached(from: readonly string[], next: (file: string) => readonly string[]): Set<string> {
  const seen = new Set(from);
  for (const name of seen) if (isOwn(name)) for (const to of next(name)) seen.add(to);
  return seen;
}

const arrows = files.flatMap((from) => importsOf(from).map((to) => ({ from, to })));
const isOwn = (name: string): boolean => name.endsWith('.ts');
const roomOf = (file: string): string => file.slice(0, file.indexOf('/'));
const isLoose = (file: string): boolean => !file.includes('/');

test('every folder of src is a room that the table knows', () => {
  expect([...new Set(files.filter((file) => !isLoose(file)).map(roomOf))].sort()).toEqual(
    Object.keys(MAY_IMPORT).sort(),
  );
});

test('arrows only point down', () => {
  const upwards = arrows
    .filter(({ from, to }) => isOwn(to) && !isLoose(from))
    .filter(({ from, to }) => roomOf(to) !== roomOf(from) && !MAY_IMPORT[roomOf(from)]!.includes(roomOf(to)))
    .map(({ from, to }) => `${from} -> ${to}`);
  expect([...new Set(upwards)].sort()).toEqual([...UPWARDS].sort());
});

test.each(Object.entries(ONE_PLACE))('%s is imported in one place', (name, place) => {
  const found = arrows.filter(({ to }) => to === name || to.startsWith(`${name}/`));
  expect(found).toHaveLength(1);
  expect(found[0]!.from).toContain(place);
});

test('the file system is touched by the host alone', () => {
  const touching = arrows.filter(({ to }) => to === 'node:fs' || to === 'node:fs/promises');
  expect(touching.map(({ from }) => from)).toEqual(['host/node-host.ts', 'host/threads.ts']);
});

describe('the browser', () => {
  test.each(IN_A_BROWSER)('can run %s, which reaches nothing of Node', (place) => {
    const own = files.filter((file) => file.startsWith(place));
    expect(own.length).toBeGreaterThan(0);
    const outside = [...reached(own, loadedBy)].filter(
      (name) => !isOwn(name) && !PURE.includes(name.split('/')[0]!),
    );
    expect(outside).toEqual([]);
  });
});

test('no import runs in a circle, those of types included', () => {
  const circles = files.filter(
    (file) =>
      !INTERPRETERS.some((place) => file.startsWith(place)) && reached(importsOf(file), importsOf).has(file),
  );
  expect(circles).toEqual([]);
});

test('what renders takes data and returns text: it knows no host', () => {
  const reaching = arrows.filter(
    ({ from, to }) => (roomOf(from) === 'output' || from.includes('/formats/')) && to === 'host/node-host.ts',
  );
  expect(reaching).toEqual([]);
});

test(`no folder has more than ${MOST_ENTRIES} entries`, () => {
  const entries = new Map<string, Set<string>>();
  for (const file of files) {
    const parts = file.split('/');
    parts.forEach((part, depth) => {
      const folder = parts.slice(0, depth).join('/');
      entries.set(folder, (entries.get(folder) ?? new Set()).add(part));
    });
  }
  const crowded = [...entries].filter(([, names]) => names.size > MOST_ENTRIES).map(([folder]) => folder);
  expect(crowded).toEqual(CROWDED);
});

/** Folders that still have more. This list can only become shorter. */
const CROWDED: readonly string[] = [];

test(`no file is longer than ${MOST_LINES} lines`, () => {
  const long = files.filter(
    (file) => readFileSync(join('src', file), 'utf8').split('\n').length > MOST_LINES,
  );
  expect(long).toEqual([]);
});
