import { describe, expect, test } from 'vitest';
import { run } from '../../src/main.js';
import { madeUpHost } from '../made-up-host.js';

/** Of processor time, twice what a machine of its own needs at most; each of these took 5 s to minutes. */
const MOST_MS = 4000;

async function checked(name: string, text: string, ...more: readonly string[]) {
  const { host, out, err } = madeUpHost(['check', name, ...more, '--cores', '4'], {
    files: { Procfile: 'web: gunicorn a:b\n', [name]: text },
  });
  const before = process.cpuUsage();
  const code = await run(host);
  const { user, system } = process.cpuUsage(before);
  return { code, out: out(), err: err(), ms: (user + system) / 1000 };
}

const many = (count: number, line: (n: number) => string): string =>
  Array.from({ length: count }, (_, n) => line(n)).join('');
const containers = (count: number): string =>
  `kind: Deployment\nspec: {template: {spec: {containers: [${many(count, (n) => `{name: a${n}, command: [gunicorn, "a:b"]},`)}]}}}\n`;

describe('a file takes a time that grows with its length and no more', () => {
  test.each([
    ['.env', 'of blanks', `A=x${' '.repeat(120_000)}y\n`],
    ['.env', 'of quotes', `A="x${'" '.repeat(100_000)}y\n`],
    [
      'Dockerfile',
      'of ENV lines that refer to each other',
      `FROM a\n${'ENV A=1 B=2 C=$A$B\n'.repeat(1600)}CMD gunicorn a:b\n`,
    ],
    [
      'Dockerfile',
      'of stages',
      `FROM a AS s0\n${many(5000, (n) => `FROM s${n} AS s${n + 1}\n`)}CMD gunicorn a:b\n`,
    ],
    [
      'Dockerfile',
      'of ARG lines',
      `${many(5000, (n) => `ARG A${n}=1\n`)}FROM a\n${many(5000, (n) => `ARG A${n}\n`)}CMD gunicorn a:b\n`,
    ],
    ['k8s.yaml', 'of containers', containers(500)],
    ['Procfile', 'of blanks', `web: gunicorn ${' '.repeat(60_000)}a:b\n`],
    ['s.sh', 'of values from the one before', many(4000, (n) => `A${n + 1}=$A${n}\n`)],
    [
      'g.py',
      'that compares lists of shared lists',
      `a = [1,1]\n${'a = [a,a]\n'.repeat(60)}b = a == a\nworkers = 3\n`,
    ],
    [
      'g.py',
      'that joins conditions over shared lists',
      `import x\na = [1]\n${'a = [a, a]\n'.repeat(60)}b = [a]\nif x.y:\n  c = [a]\nelse:\n  c = b\nworkers = 3\n`,
    ],
    [
      'g.py',
      'that splits long texts',
      `a = "${'x,'.repeat(4000)}"\n${many(500, (n) => `b${n} = a.split(",") + a.split(",")\n`)}workers = 3\n`,
    ],
    [
      'g.py',
      'that replaces in long texts',
      `a = "${'x'.repeat(100_000)}"\n${many(1000, () => `b = a.replace("x", "${'y'.repeat(90)}")\n`)}`,
    ],
    ['g.py', 'that fills a dictionary', `a = {}\n${many(9000, (n) => `a["k${n}"] = 1\n`)}workers = 3\n`],
    [
      'g.py',
      'that reads many variables into one',
      `import os\na = ""\n${many(3000, (n) => `a = a + os.environ.get("A${n}", "x")\n`)}workers = 3\n`,
    ],
    [
      'g.py',
      'that calls a long function',
      `def f():\n  x = 1\n${'  x = 1\n'.repeat(9000)}  return 1\n${'a = f()\n'.repeat(9000)}workers = 3\n`,
    ],
  ])('%s %s', async (name, _, text) => {
    const { code, ms } = await checked(name, text, ...(name === 'Procfile' ? [] : ['Procfile']));
    expect([0, 1]).toContain(code);
    expect(ms).toBeLessThan(MOST_MS);
  });
});

describe('more than any project has is refused in one sentence', () => {
  test.each([
    ['.env', many(20_000, (n) => `A${n}=1\n`), '.env: has more than 5000 variables, which are not read'],
    [
      'Dockerfile',
      `FROM a\n${many(20_000, (n) => `ENV A${n}=1\n`)}CMD gunicorn a:b\n`,
      'Dockerfile: has more than 5000 variables in one stage, which are not read',
    ],
    [
      'Dockerfile',
      `FROM a\nCMD [${'"a",'.repeat(100_000)}"gunicorn"]\n`,
      'Dockerfile:2: this command has more than 65536 characters, which is not read',
    ],
    ['k8s.yaml', containers(4000), 'k8s.yaml: has more than 1000 containers, which are not read'],
    [
      'compose.yaml',
      `services:\n${many(5000, (n) => `  a${n}: {command: gunicorn a:b}\n`)}`,
      'compose.yaml: has more than 1000 services, which are not read',
    ],
    [
      'Procfile',
      many(5000, (n) => `a${n}: gunicorn a:b\n`),
      'Procfile: has more than 1000 processes, which are not read',
    ],
    [
      'compose.yaml',
      many(1300, (n) => `${' '.repeat(n)}a:\n`),
      'compose.yaml:201: is nested more than 200 levels deep, which is not read',
    ],
    [
      'compose.yaml',
      `services:\n${many(1300, (n) => `${' '.repeat(n)}-\n`)}`,
      'compose.yaml:202: is nested more than 200 levels deep, which is not read',
    ],
    [
      'compose.yaml',
      `services: {a: ${']'.repeat(300)}\n${'['.repeat(201)}`,
      'compose.yaml:2: is nested more than 200 levels deep, which is not read',
    ],
    [
      'compose.yaml',
      `services:\n${'a: b: c\n'.repeat(20_000)}`,
      'compose.yaml:2:4: this is not valid YAML: Nested mappings are not allowed in compact mappings',
    ],
  ])('%s', async (name, text, sentence) => {
    const { code, err, ms } = await checked(name, text);
    expect(err).toBe(`wcalc: ${sentence}\n`);
    expect(code).toBe(3);
    expect(ms).toBeLessThan(MOST_MS);
  });
});

test.each([
  ['s.sh', `A=xxxxxxxxxx\n${'A="$A$A"\n'.repeat(60)}gunicorn -w $A a:b\n`],
  ['Dockerfile', `FROM a\nENV A=xxxxxxxxxx\n${'ENV A="$A$A"\n'.repeat(60)}CMD gunicorn -w $A a:b\n`],
])('%s that doubles a variable many times has a value that is not known', async (name, text) => {
  const { code, out, err } = await checked(name, text);
  expect([0, 1, 3]).toContain(code);
  expect(out).toMatch(/its value has more than 131072 characters|may be set|workers/);
  expect(err).not.toMatch(/defect|call stack|Invalid string/);
});

test('nesting is counted by what is open, not by what was', async () => {
  const text = `services: {web: {command: gunicorn a:b}}\nx: [${'[], {}, '.repeat(500)}]\ny:\n${'  - a:\n      b: 1\n'.repeat(300)}`;
  expect((await checked('compose.yaml', text)).code).not.toBe(3);
});

// At the end of a period, now / period may round below a whole number, and the next end would be now.
test.each([
  ['0.5', '1s', '0.15'],
  ['0.5', '2s', '0.075'],
  ['2.5', '10s', '0.01'],
])(
  'a simulation on %s cores with bursts of %s ends',
  async (cores, cpuTime, rate) => {
    const argv = ['simulate', '--cores', cores, '--workers', '8', '--cpu-time', cpuTime, '--rate', rate];
    const { host, out } = madeUpHost([...argv, '--requests', '2000', '--json']);
    expect(await run(host)).toBe(0);
    expect(JSON.parse(out()).simulation.requests).toBeGreaterThan(0);
  },
  20_000,
);
