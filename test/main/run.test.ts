import { describe, expect, test, vi } from 'vitest';
import { COMMANDS } from '../../src/commands/index.js';
import { SourceError } from '../../src/host/errors.js';
import { VERSION } from '../../src/host/version.js';
import { run } from '../../src/main.js';
import { type Circumstances, madeUpHost } from '../made-up-host.js';

async function wcalc(argv: readonly string[], circumstances: Circumstances = {}) {
  const { host, out, err } = madeUpHost(argv, circumstances);
  const code = await run(host);
  return { code, out: out(), err: err() };
}

const MAIN_JOB = ['--cores', '4', '--mem', '1024', '--per-worker', '256'];

test('three flags give an answer', async () => {
  const { code, out, err } = await wcalc([...MAIN_JOB, '--json']);
  expect([code, err]).toEqual([0, '']);
  expect(JSON.parse(out).recommendation).toMatchObject({ workers: 4, boundBy: 'memory' });
});

test('so do three environment variables, and a file with three lines', async () => {
  const recommended = async (argv: readonly string[], circumstances: Circumstances = {}) =>
    JSON.parse((await wcalc(argv, circumstances)).out).recommendation;
  const expected = await recommended([...MAIN_JOB, '--json']);
  const env = { WCALC_CORES: '4', WCALC_MEM: '1024', WCALC_PER_WORKER: '256' };
  const files = { 'wcalc.yaml': 'cores: 4\nmem: 1GiB\nperWorker: 256\njson: true\n' };
  expect(await recommended(['--json'], { env })).toEqual(expected);
  expect(await recommended([], { files })).toEqual(expected);
});

test.each(['--version', '-V'])('%s prints the version and nothing else', async (flag) => {
  expect(await wcalc([flag])).toEqual({ code: 0, out: `${VERSION}\n`, err: '' });
});

describe('exit codes and messages', () => {
  test.each([
    [
      ['--cores', 'four'],
      2,
      'wcalc: --cores: "four" is not a number; accepted: cores, such as 4, 0.5 or 500m\n',
    ],
    [['--core', '4'], 2, 'wcalc: unknown option --core (did you mean --cores?); wcalc help plan lists all\n'],
    [
      ['plam'],
      2,
      expect.stringMatching(/^wcalc: unknown command "plam" \(did you mean plan\?\); commands: plan, /),
    ],
    [[...MAIN_JOB, '--config', 'none.yaml'], 3, 'wcalc: none.yaml: cannot read (there is no such file)\n'],
    [['--batch', 'none.jsonl'], 3, 'wcalc: none.jsonl: cannot read (there is no such file)\n'],
  ])('%j', async (argv, code, err) => {
    expect(await wcalc(argv)).toEqual({ code, out: '', err });
  });

  test('each mistake has a line of its own', async () => {
    const { err } = await wcalc(['--cores', 'four', '--mem', 'lots']);
    expect(err.split('\n').map((line) => line.slice(0, 16))).toEqual([
      'wcalc: --cores: ',
      'wcalc: --mem: "l',
      '',
    ]);
  });

  test('wcalc alone says what is missing', async () => {
    const { code, out, err } = await wcalc([]);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain('--cores');
  });

  test('what is not the user’s mistake is a defect: no stack, unless WCALC_DEBUG is set', async () => {
    const plan = COMMANDS[0]!;
    const load = vi.spyOn(plan, 'load').mockImplementation(async () => ({
      run: () => {
        throw new TypeError('x is not a function');
      },
    }));
    const message =
      'wcalc: a defect in wcalc: x is not a function; please report it with the command you ran\n';
    expect(await wcalc([])).toEqual({ code: 70, out: '', err: message });
    const { err } = await wcalc([], { env: { WCALC_DEBUG: '1' } });
    expect(err.startsWith(`${message}TypeError: x is not a function\n    at `)).toBe(true);
    load.mockImplementation(async () => ({
      run: async () => {
        throw 'a text';
      },
    }));
    expect((await wcalc([], { env: { WCALC_DEBUG: '1' } })).err).toContain('a defect in wcalc: a text;');
    load.mockImplementation(async () => ({
      run: async () => {
        throw new SourceError('log: cannot read');
      },
    }));
    expect(await wcalc([])).toEqual({ code: 3, out: '', err: 'wcalc: log: cannot read\n' });
    load.mockRestore();
  });
});

describe('many questions', () => {
  test('are answered line by line, as if each were asked alone', async () => {
    const alone = JSON.parse((await wcalc([...MAIN_JOB, '--json'])).out);
    const { code, out, err } = await wcalc(['plan', '--batch', '-', '--cores', '4'], {
      stdin: ['{"mem":"1GiB","perWorker":256}\n{"mem":1024,"perWorker":"256MiB","cores":4}\n{"men":1}\n'],
    });
    const answers = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(answers.map(({ recommendation }) => recommendation)).toEqual([
      alone.recommendation,
      alone.recommendation,
      undefined,
    ]);
    expect(answers[2]).toEqual({ error: 'line 3: unknown key "men" (did you mean mem?)' });
    expect([code, err]).toEqual([2, 'wcalc: 1 of 3 lines could not be answered, the first is line 3\n']);
  });
});
