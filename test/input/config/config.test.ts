import { describe, expect, test } from 'vitest';
import { SourceError, UsageError } from '../../../src/host/errors.js';
import { readInvocation } from '../../../src/input/arguments/invocation.js';
import { readConfig } from '../../../src/input/config/read.js';
import { madeUpHost } from '../../made-up-host.js';
import { slo } from '../../support/slo.js';
import { ASK, READ, SPECS } from '../specs.js';

const read = (text: string, file = 'wcalc.yaml') =>
  readConfig(madeUpHost([], { files: { [file]: text } }).host, file);

function failure(act: () => unknown): Error {
  try {
    act();
  } catch (error) {
    return error as Error;
  }
  return expect.fail('nothing was refused');
}

describe('a configuration file', () => {
  test('names options as flags do or in camel case, with values as they are typed', () => {
    const { values, origins } = read(
      '\uFEFF# a comment\ncores: 500m\nper-worker: 256\nmem: "1GiB"\r\nioRatio: 9:1\nslo:\n  - p95<250ms\n  - wait<5%\njson: yes\npreload: true\ncv: .5\nformula: house=2\nrate: null\n',
    );
    expect(values).toEqual({
      cores: 0.5,
      perWorker: 256,
      mem: 1024,
      ioRatio: 0.9,
      slo: slo('p95<250ms', 'wait<5%'),
      json: true,
      preload: true,
      cv: 0.5,
      formula: ['house=2'],
    });
    expect(origins.perWorker).toEqual({ source: 'file', where: 'wcalc.yaml:3' });
    expect(origins.rate).toBeUndefined();
  });

  test('may be JSON', () => {
    const { values, origins } = read(
      '\uFEFF{\n\t"cores": 4,\n\t"slo": ["p95<250ms",\n\t\t"wait<5%"],\n\t"json": true\n}',
      'wcalc.json',
    );
    expect(values).toEqual({ cores: 4, slo: slo('p95<250ms', 'wait<5%'), json: true });
    expect(origins.slo).toEqual({ source: 'file', where: 'wcalc.json:3' });
  });

  test.each(['', '\n# nothing\n', '---\n', '~\n', '{}'])('may be empty: %j', (text) => {
    expect(read(text)).toEqual({ values: {}, origins: {}, sections: {} });
  });

  test('may name its schema for editors', () => {
    expect(read('$schema: node_modules/wcalc/schema/config-1.schema.json\ncores: 4').values).toEqual({
      cores: 4,
    });
  });

  test('may hold options of any command', () => {
    expect(read('servers: 3\ncores: 4').values).toEqual({ servers: 3, cores: 4 });
  });

  test('carries sections for the commands that use them, with the place of each part', () => {
    const { sections } = read('cores: 4\nrules:\n  one: off\n  two:\n    - x\n    - y: 3\nlaws:\n');
    expect(sections.rules?.data).toEqual({ one: 'off', two: ['x', { y: 3 }] });
    expect(sections.rules?.where()).toBe('wcalc.yaml:2');
    expect(sections.rules?.where('one')).toBe('wcalc.yaml:3');
    expect(sections.rules?.where('two', 0)).toBe('wcalc.yaml:5');
    expect(sections.rules?.where('two', 1, 'y')).toBe('wcalc.yaml:6');
    expect(sections.rules?.where('two', 1, 'z')).toBe('wcalc.yaml:6');
    expect(sections.rules?.where('three')).toBe('wcalc.yaml:2');
    expect(sections.laws?.data).toBeNull();
  });

  test('may stand for another source', () => {
    const { host } = madeUpHost([], { files: { 'shop.yaml': 'cores: 4' } });
    expect(readConfig(host, 'shop.yaml', 'profile').origins.cores).toEqual({
      source: 'profile',
      where: 'shop.yaml:1',
    });
  });
});

describe('refused with exit code 2, naming file and line', () => {
  test.each([
    ['cores: 4\ncore: 4', 'wcalc.yaml:2: unknown key "core" (did you mean cores?)'],
    ['per_worker: 4', 'wcalc.yaml:1: unknown key "per_worker" (did you mean perWorker?)'],
    ['per-Worker: 4', 'wcalc.yaml:1: unknown key "per-Worker" (did you mean perWorker?)'],
    ['rulse: {}', 'wcalc.yaml:1: unknown key "rulse" (did you mean rules?)'],
    ['constructor: 1', 'wcalc.yaml:1: unknown key "constructor"'],
    ['__proto__: 1', 'wcalc.yaml:1: unknown key "__proto__"'],
    ['<<: 1', 'wcalc.yaml:1: unknown key "<<"'],
    ['4: 1', 'wcalc.yaml:1: a key must be a name such as cores'],
    ['? [a]\n: 1', 'wcalc.yaml:1: a key must be a name such as cores'],
    ['batch: x', 'wcalc.yaml:1: batch can be given on the command line only'],
    ['cores:', 'wcalc.yaml:1: cores has no value; accepted: cores, such as 4, 0.5 or 500m'],
    ['cores: four', 'wcalc.yaml:1: cores: "four" is not a number; accepted: cores, such as 4, 0.5 or 500m'],
    [
      'cores: 0x10',
      'wcalc.yaml:1: cores: "0x10" has an unknown unit "x10"; accepted: cores, such as 4, 0.5 or 500m',
    ],
    ['cores: .inf', 'wcalc.yaml:1: cores: ".inf" is not a number; accepted: cores, such as 4, 0.5 or 500m'],
    ['cores: [4]', 'wcalc.yaml:1: cores: takes cores, such as 4, 0.5 or 500m, not a list'],
    ['cores: {a: 4}', 'wcalc.yaml:1: cores: takes cores, such as 4, 0.5 or 500m, not an object'],
    ['slo: [[p95<1s]]', expect.stringMatching(/^wcalc.yaml:1: slo: takes .*, not a list$/)],
    ['slo: [null]', expect.stringMatching(/^wcalc.yaml:1: slo: takes .*, not null$/)],
    [
      'mem: &m 1\nperWorker: *m',
      'wcalc.yaml:2: perWorker: must be written out, not taken from elsewhere by *alias',
    ],
    ['perWorker: 1\nper-worker: 2', 'wcalc.yaml:2: per-worker was given before; give it once'],
    ['rate: null\nrate2: 1', 'wcalc.yaml:2: unknown key "rate2" (did you mean rate?)'],
    [
      'core: 1\nmen: 2',
      'wcalc.yaml:1: unknown key "core" (did you mean cores?)\nwcalc.yaml:2: unknown key "men" (did you mean mem?)',
    ],
  ])('%j', (text, message) => {
    const error = failure(() => read(text));
    expect(error).toBeInstanceOf(UsageError);
    expect(error.message).toEqual(message);
  });
});

describe('refused with exit code 3, for it cannot be parsed', () => {
  test.each([
    [
      'cores: 4\n  mem: 5',
      'wcalc.yaml:1: is not valid YAML: Nested mappings are not allowed in compact mappings',
    ],
    ['cores: "4', 'wcalc.yaml:1: is not valid YAML: Missing closing "quote'],
    ['cores: 4\ncores: 5', 'wcalc.yaml:2: is not valid YAML: Map keys must be unique'],
    ['a: 1\n---\nb: 2', expect.stringMatching(/^wcalc.yaml:\d: holds more than one document$/)],
    [
      'cores: !!python/object:os.system x',
      expect.stringMatching(/^wcalc.yaml:1: is not valid YAML: Unresolved tag/),
    ],
    ['- cores', 'wcalc.yaml: must hold options by name, such as "cores: 4"'],
    ['just text', 'wcalc.yaml: must hold options by name, such as "cores: 4"'],
    [`cores: ${'['.repeat(60_000)}`, 'wcalc.yaml:1: is nested more than 200 levels deep, which is not read'],
    [
      `cores: ${'[\n'.repeat(30_000)}`,
      'wcalc.yaml:200: is nested more than 200 levels deep, which is not read',
    ],
    ['- '.repeat(30_000), 'wcalc.yaml:1: is nested more than 200 levels deep, which is not read'],
    ['? '.repeat(30_000), 'wcalc.yaml:1: is nested more than 200 levels deep, which is not read'],
    [
      `rules:\n  a: &a [1,1,1,1,1,1,1,1,1]\n${[...'bcdefghi'].map((c, n) => `  ${c}: &${c} [${Array(9).fill(`*${'abcdefgh'[n]}`)}]\n`).join('')}`,
      'wcalc.yaml:2: repeats itself by aliases too often to be read',
    ],
    ['x'.repeat(70_000), expect.stringMatching(/^wcalc.yaml: has 70000 bytes; at most 65536 are read$/)],
  ])('%.30j', (text, message) => {
    const error = failure(() => read(text));
    expect(error).toBeInstanceOf(SourceError);
    expect(error.message).toEqual(message);
  });

  test.each([
    [
      '{"cores": 4,\n"mem": }',
      expect.stringMatching(/^wcalc.json(:2)?: is not valid JSON: Unexpected token '}'/),
    ],
    ['cores: 4', expect.stringMatching(/^wcalc.json(:1)?: is not valid JSON: Unexpected token 'c'/)],
    ['{"cores": 4,\n}', expect.stringMatching(/^wcalc.json:2: is not valid JSON: /)],
  ])('JSON that is none: %j', (text, message) => {
    const error = failure(() => read(text, 'wcalc.json'));
    expect(error).toBeInstanceOf(SourceError);
    expect(error.message).toEqual(message);
  });
});

describe('flags win over the environment, which wins over the file', () => {
  const files = {
    'wcalc.yaml': 'cores: 1\nmem: 1\nperWorker: 1\nservers: 9\nrules: {x: off}\n',
    'other.yaml': 'cores: 7',
  };
  const env = { WCALC_CORES: '2', WCALC_MEM: '2' };

  test('and each value says where it came from', async () => {
    const { host } = madeUpHost([], { files, env });
    const { values, origins, sections } = await readInvocation(ASK, ['--cores', '3'], host, SPECS);
    expect(values).toEqual({ cores: 3, mem: 2, perWorker: 1 });
    expect(origins).toEqual({
      cores: { source: 'flag', where: '--cores' },
      mem: { source: 'environment', where: 'WCALC_MEM' },
      perWorker: { source: 'file', where: 'wcalc.yaml:3' },
    });
    expect(sections?.rules?.data).toEqual({ x: 'off' });
  });

  test('--config names another file', async () => {
    const { host } = madeUpHost([], { files });
    expect((await readInvocation(ASK, ['--config', 'other.yaml'], host, SPECS)).values.cores).toBe(7);
    await expect(readInvocation(ASK, ['--config', 'none.yaml'], host, SPECS)).rejects.toThrow(
      'none.yaml: cannot read',
    );
  });

  test('a command without --config reads no file', async () => {
    const { host } = madeUpHost([], { files: { 'wcalc.yaml': 'broken: [' } });
    expect((await readInvocation(READ, ['bash'], host, SPECS)).values).toEqual({});
  });

  test.each(['wcalc.yaml', 'wcalc.yml', 'wcalc.json'])(
    '%s is found in the working directory',
    async (file) => {
      const { host } = madeUpHost([], { files: { [file]: '{"cores": 5}' } });
      expect((await readInvocation(ASK, [], host, SPECS)).origins.cores?.where).toBe(`${file}:1`);
    },
  );

  test('two files are one too many, unless one is chosen', async () => {
    const both = { 'wcalc.yaml': 'cores: 1', 'wcalc.json': '{"cores": 2}' };
    const { host } = madeUpHost([], { files: both });
    await expect(readInvocation(ASK, [], host, SPECS)).rejects.toThrow(
      'wcalc.yaml and wcalc.json are both here; keep one of them, or choose with --config',
    );
    expect((await readInvocation(ASK, ['--config', 'wcalc.json'], host, SPECS)).values.cores).toBe(2);
  });

  test('a mistyped variable is warned of on stderr', async () => {
    const { host, err } = madeUpHost([], { env: { WCALC_CORSE: '4' } });
    await readInvocation(ASK, [], host, SPECS);
    expect(err()).toBe(
      'wcalc: the environment variable WCALC_CORSE is not known and ignored (did you mean WCALC_CORES?)\n',
    );
  });
});
