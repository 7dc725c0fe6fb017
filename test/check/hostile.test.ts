import { execFileSync, spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { run } from '../../src/main.js';
import { madeUpHost } from '../made-up-host.js';
import { fixture } from './project-host.js';

/** 5000 in full (WCALC_HOSTILE_FILES=5000); a sample in every run. */
const MUTANTS = Number(process.env.WCALC_HOSTILE_FILES ?? 400);
/** Of processor time, which other work on the machine does not lengthen. */
const MOST_MS = 2000;
const MOST_MIB = 300;

const filesBelow = (directory: string): string[] =>
  readdirSync(directory).flatMap((name) => {
    const path = join(directory, name);
    return statSync(path).isDirectory() ? filesBelow(path) : [path];
  });

const originals = filesBelow(fixture())
  .filter((path) => !['options', 'expected.txt'].includes(basename(path)))
  .map((path) => ({ name: basename(path), text: readFileSync(path, 'utf8') }));

/** mulberry32: the same mutants in every run. */
function randomOf(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4294967296) * below);
  };
}

type Random = (below: number) => number;
type Mutation = (text: string, random: Random) => string;

const insert = (text: string, at: number, what: string) => text.slice(0, at) + what + text.slice(at);

const PIECES = [
  '"',
  "'",
  '`',
  '$'.concat('{'),
  '$(',
  '$((',
  '{{',
  '}',
  ')',
  ']',
  '\\',
  '\n',
  '\0',
  '\t',
  '&a ',
  '*a',
  '<<: ',
  '---\n',
  ': ',
  '- ',
  '#',
  '\u202e',
  '\ud800',
  '🦄',
  '%',
  '\r',
  '@',
  '!!python/object',
  '__import__("os").system("touch pwned")',
  'exec("x")',
  '1e999',
  '9'.repeat(400),
  '-1',
  'lambda: ',
  ' if x else ',
  '**',
  'EOF',
  '<<EOF\n',
];

const MUTATIONS: readonly Mutation[] = [
  (text, random) => text.slice(0, random(text.length + 1)),
  (text, random) => text.slice(random(text.length + 1)),
  (text, random) => insert(text, random(text.length + 1), PIECES[random(PIECES.length)]!),
  (text, random) =>
    insert(text, random(text.length + 1), PIECES[random(PIECES.length)]!.repeat(1 + random(3000))),
  (text, random) => insert(text, random(text.length + 1), '[({'[random(3)]!.repeat(1 + random(20_000))),
  (text, random) =>
    insert(
      text,
      random(text.length + 1),
      String.fromCharCode(...Array.from({ length: 200 }, () => random(256))),
    ),
  (text, random) => {
    const [from, to] = [random(text.length + 1), random(text.length + 1)].sort((a, b) => a - b) as [
      number,
      number,
    ];
    return insert(text, random(text.length + 1), text.slice(from, to).repeat(1 + random(200))).slice(
      0,
      1_000_000,
    );
  },
  (text, random) => text.replace(/\d+/g, () => (random(2) === 0 ? '9'.repeat(1 + random(40)) : '-0.5')),
  (text, random) =>
    text
      .split('\n')
      .sort(() => random(3) - 1)
      .join('\n'),
  (text, random) =>
    text
      .split('\n')
      .map((line) => ' '.repeat(random(12)) + line)
      .join('\n'),
  (text, random) => insert(text, random(text.length + 1), 'x'.repeat(random(500_000))),
];

async function checked(name: string, text: string) {
  const made = madeUpHost(['check', name, '--cores', '2', '--mem', '1024', '--per-worker', '100', '--json'], {
    files: { [name]: text },
  });
  const before = process.cpuUsage();
  const code = await run(made.host);
  const { user, system } = process.cpuUsage(before);
  return { code, out: made.out(), err: made.err(), ms: (user + system) / 1000 };
}

describe('mutated files', () => {
  it(`answers each of ${MUTANTS} with findings or an error, in time`, { timeout: 900_000 }, async () => {
    let slowest = 0;
    for (let seed = 1; seed <= MUTANTS; seed += 1) {
      const random = randomOf(seed);
      const { name, text } = originals[random(originals.length)]!;
      let mutant = text;
      for (let i = 0; i <= random(3); i += 1) mutant = MUTATIONS[random(MUTATIONS.length)]!(mutant, random);
      const { code, out, err, ms } = await checked(name, mutant);
      slowest = Math.max(slowest, ms);
      expect([0, 1, 3], `seed ${seed}, ${name}: ${err.slice(0, 300)}`).toContain(code);
      expect(ms, `seed ${seed}, ${name}, ${mutant.length} characters`).toBeLessThan(MOST_MS);
      expect(out).not.toMatch(/\bNaN\b|Infinity/);
      if (code === 3) expect(err).toMatch(/^wcalc: .+/);
    }
    expect(existsSync('pwned')).toBe(false);
    if (process.env.WCALC_HOSTILE_FILES)
      process.stdout.write(`${MUTANTS} mutants, slowest ${slowest.toFixed(0)} ms\n`);
  });
});

describe('files made to hurt', () => {
  const place = mkdtempSync(join(tmpdir(), 'wcalc-hostile-'));
  const bin = join(import.meta.dirname, '../../bin/wcalc.cjs');
  const meter = join(place, 'meter.cjs');

  beforeAll(() => {
    writeFileSync(
      meter,
      [
        "process.on('exit', () => {",
        '  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();',
        "  require('node:fs').writeSync(2, ' USED ' + maxRSS + ' ' + (userCPUTime + systemCPUTime) / 1000 + ' ');",
        '});',
      ].join('\n'),
    );
  });
  afterAll(() => rmSync(place, { recursive: true, force: true }));

  const CASES: Readonly<Record<string, () => string>> = {
    'gunicorn.conf.py of one line of 100 MB': () => 'x'.repeat(100_000_000),
    'gunicorn.conf.py of a million brackets': () => `workers = ${'('.repeat(1_000_000)}`,
    'gunicorn.conf.py of deep calls': () => `workers = ${'int('.repeat(100_000)}1${')'.repeat(100_000)}`,
    'gunicorn.conf.py of deep indentation': () =>
      Array.from({ length: 900 }, (_, i) => `${' '.repeat(i)}if x:`).join('\n'),
    'gunicorn.conf.py of powers': () => 'workers = 9 ** 9 ** 9 ** 9\nthreads = "a" * 10 ** 12\n',
    'gunicorn.conf.py of endless recursion': () => 'def f(n): return f(n + 1) + f(n + 2)\nworkers = f(1)\n',
    'gunicorn.conf.py of many branches': () =>
      `import os\n${Array.from({ length: 20_000 }, (_, i) => `if os.environ["A"]: a${i} = ${i}`).join('\n')}`,
    'compose.yaml of billions of aliases': () =>
      [
        'a: &a [x, x, x, x, x, x, x, x, x]',
        ...[...'bcdefghijk'].map(
          (name, i) => `${name}: &${name} [${Array(9).fill(`*${'abcdefghijk'[i]}`).join(', ')}]`,
        ),
        'services: {web: {command: *k}}',
      ].join('\n'),
    'compose.yaml of merge bombs': () =>
      [
        'services:',
        '  s0: &s0 {command: gunicorn a:b}',
        ...Array.from({ length: 40 }, (_, i) => `  s${i + 1}: &s${i + 1} {<<: [*s${i}, *s${i}, *s${i}]}`),
      ].join('\n'),
    'compose.yaml that merges itself': () => 'services:\n  web: &w\n    <<: *w\n    command: gunicorn a:b\n',
    'compose.yaml of deep flow': () => `services: ${'['.repeat(200_000)}`,
    'compose.yaml of deep blocks': () =>
      Array.from({ length: 1200 }, (_, i) => `${' '.repeat(i)}a:`).join('\n'),
    'compose.yaml of nested dashes': () => `services:\n${'- '.repeat(300_000)}`,
    'compose.yaml of a thousand quotes': () => `services: {web: {command: "${'\\"'.repeat(200_000)}"}}`,
    'compose.yaml of errors alone': () => 'a: {b: c\n'.repeat(60_000),
    'compose.yaml of brackets that close nothing': () => '] '.repeat(400_000),
    'compose.yaml of directives alone': () => '%X\n'.repeat(250_000),
    'compose.yaml of blanks alone': () => ' '.repeat(900_000),
    'compose.yaml of blank lines': () => ' \n'.repeat(450_000),
    'app.json of line breaks alone': () => '\n'.repeat(900_000),
    'compose.yaml of anchors alone': () => '&a &b '.repeat(150_000),
    'compose.yaml of aliases to nothing': () => 'a: *b\n'.repeat(150_000),
    'k8s.yaml of a long list': () =>
      `kind: List\nitems:\n${Array.from({ length: 990 }, (_, i) => `- {kind: Pod, metadata: {name: a${i}}, spec: {containers: [{name: a, command: [gunicorn, "a:b"]}]}}`).join('\n')}`,
    'k8s.yaml of many variables': () =>
      `kind: Pod\nspec:\n  containers:\n  - command: [gunicorn, "a:b"]\n    env:\n${Array.from({ length: 4900 }, (_, i) => `    - {name: A${i}, value: "$(A${i - 1})$(A${i - 2})"}`).join('\n')}`,
    'k8s.yaml of many documents': () => 'kind: Pod\n---\n'.repeat(60_000),
    'Procfile of nested fallbacks': () => `web: gunicorn -w ${'$'.concat('{A:-').repeat(100_000)}`,
    'Procfile of nested substitutions': () => `web: gunicorn -w ${'$('.repeat(300_000)}`,
    'Procfile of quotes': () => `web: gunicorn ${'"\'"'.repeat(200_000)}`,
    'Dockerfile of continuations': () => `FROM x\nCMD gunicorn ${'\\\n'.repeat(300_000)}`,
    'Dockerfile of half a megabyte of JSON': () => `FROM x\nCMD [${'"a",'.repeat(100_000)}`,
    'web.service of continuations': () => `[Service]\nExecStart=gunicorn ${'\\\n'.repeat(300_000)}`,
    '.env of long names': () => `${'A'.repeat(900_000)}=1\n`,
  };

  it.each(Object.keys(CASES))('%s', (title) => {
    const name = title.split(' ')[0]!;
    const path = join(place, name);
    writeFileSync(path, CASES[title]!());
    const { status, stderr } = spawnSync(
      process.execPath,
      ['-r', meter, bin, 'check', path, '--cores', '2', '--json'],
      { encoding: 'utf8', timeout: 30_000, maxBuffer: 1 << 28 },
    );
    rmSync(path);
    expect([0, 1, 3], stderr.slice(0, 500)).toContain(status);
    const [, kibibytes, ms] = /USED (\d+) ([\d.]+)/.exec(stderr) ?? [];
    expect(Number(ms)).toBeLessThan(MOST_MS);
    expect(Number(kibibytes) / 1024).toBeLessThan(MOST_MIB);
  });

  it('never runs what a file contains', () => {
    const sign = join(place, 'ran');
    writeFileSync(
      join(place, 'gunicorn.conf.py'),
      `import os\nopen(${JSON.stringify(sign)}, 'w')\nos.system("touch ${sign}")\nworkers = int(os.popen("touch ${sign}; echo 3").read())\n`,
    );
    writeFileSync(join(place, 'Procfile'), `web: touch ${sign}; gunicorn -w $(touch ${sign}; echo 3) a:b\n`);
    spawnSync(process.execPath, [bin, 'check'], { cwd: place });
    expect(existsSync(sign)).toBe(false);
  });

  it('refuses links in a circle, pipes and devices', () => {
    const circle = join(place, 'Procfile.circle');
    symlinkSync(circle, circle);
    execFileSync('mkfifo', [join(place, 'Procfile.pipe')]);
    for (const path of [circle, join(place, 'Procfile.pipe'), '/dev/zero']) {
      const { status, stderr } = spawnSync(process.execPath, [bin, 'check', path], {
        encoding: 'utf8',
        timeout: 20_000,
      });
      expect(status, stderr).toBe(3);
      expect(stderr).toContain(path);
    }
  });
});
