import { describe, expect, test } from 'vitest';
import { UsageError } from '../../../src/host/errors.js';
import { type Answer, MAX_LINE_LENGTH } from '../../../src/input/batch/answer-line.js';
import { runBatch } from '../../../src/input/batch/batch.js';
import type { CommandSpec, Invocation } from '../../../src/input/command.js';
import type { Origin } from '../../../src/input/option.js';
import { madeUpHost } from '../../made-up-host.js';

const spec: CommandSpec = {
  name: 'ask',
  summary: 'a command for tests',
  positionals: [{ name: 'model', help: 'a name', required: false, repeatable: false }],
  options: ['cores', 'rate', 'slo', 'preload', 'format', 'batch', 'quiet'],
  examples: [],
  load: async () => ({ run: async () => 0 }),
};

const invocation = (values: Invocation['values'] = {}): Invocation => ({
  command: spec,
  positionals: [],
  values: { batch: '-', ...values },
  origins: { batch: { source: 'flag', where: '--batch' } },
});

async function ask(
  stdin: readonly (string | Uint8Array)[],
  answer: Answer = ({ values, positionals }) => ({ ...values, positionals }),
  given = invocation(),
) {
  const { host, out, err } = madeUpHost([], { stdin });
  const code = await runBatch(given, host, answer);
  const lines = out().split('\n');
  expect(lines.pop()).toBe('');
  return { code, err: err(), lines, answers: lines.map((line) => JSON.parse(line)) };
}

describe('a good batch', () => {
  test('answers each line in order, with numbers in the default unit and texts with units', async () => {
    const { code, answers, err } = await ask([
      '{"cores":0.5,"rate":"7200/min","preload":true}\n{"model":"M/M/c","rate":1e-7,"slo":"p95<250ms"}\n',
    ]);
    expect(answers).toEqual([
      { cores: 0.5, rate: 120, preload: true, positionals: [] },
      { rate: 1e-7, slo: [expect.anything()], positionals: ['M/M/c'] },
    ]);
    expect(code).toBe(0);
    expect(err).toBe('');
  });

  test('keeps the order when answers take different times', async () => {
    const { answers } = await ask(['{"cores":3}\n{"cores":1}\n{"cores":2}\n'], async ({ values }) => {
      for (let turn = 0; turn < values.cores!; turn += 1) await Promise.resolve();
      return values.cores;
    });
    expect(answers).toEqual([3, 1, 2]);
  });

  test('reads lines that are split anywhere between chunks, even inside a character, with or without a last newline', async () => {
    const bytes = new TextEncoder().encode('\uFEFF{"model":"é€"}\r\n{"cores":2}');
    const { answers } = await ask([...bytes].map((byte) => Uint8Array.of(byte)));
    expect(answers).toEqual([{ positionals: ['é€'] }, { cores: 2, positionals: [] }]);
  });

  test('takes what the command line gave as defaults, which null takes away', async () => {
    const { answers } = await ask(
      ['{"cores":2}\n{"rate":null}\n'],
      undefined,
      invocation({ rate: 10, cores: 4 }),
    );
    expect(answers).toEqual([
      { rate: 10, cores: 2, positionals: [] },
      { cores: 4, positionals: [] },
    ]);
  });

  test('says where each value came from', async () => {
    const { answers } = await ask(['{"cores":2}\n{"rate":1}\n'], ({ origins }) => origins);
    const at = (where: string): Origin => ({ source: 'batch', where });
    expect(answers).toEqual([{ cores: at('line 1') }, { rate: at('line 2') }]);
  });

  test('reads a file, and nothing from an empty one', async () => {
    const { host, out } = madeUpHost([], { files: { 'asked.jsonl': '{"cores":1}\n', 'empty.jsonl': '' } });
    const from = (batch: string) =>
      runBatch({ ...invocation(), values: { batch } }, host, ({ values }) => values);
    expect(await from('asked.jsonl')).toBe(0);
    expect(await from('empty.jsonl')).toBe(0);
    expect(out()).toBe('{"cores":1}\n');
  });

  test('writes null for an answer of nothing', async () => {
    expect((await ask(['{}\n'], () => undefined)).lines).toEqual(['null']);
  });
});

describe('a bad line', () => {
  test.each([
    ['{', 'line 1: is not valid JSON'],
    ['[1]', 'line 1: must be a JSON object, such as {"cores":4,"mem":"1GiB"}'],
    ['7', 'line 1: must be a JSON object, such as {"cores":4,"mem":"1GiB"}'],
    ['null', 'line 1: must be a JSON object, such as {"cores":4,"mem":"1GiB"}'],
    ['  ', 'line 1: is empty; each line must be a JSON object'],
    ['{"core":4}', 'line 1: unknown key "core" (did you mean cores?)'],
    ['{"__proto__":4}', 'line 1: unknown key "__proto__"'],
    ['{"format":"json"}', 'line 1: unknown key "format"'],
    ['{"batch":"x"}', 'line 1: unknown key "batch"'],
    ['{"profile":"x"}', 'line 1: profile is the same for all lines; give --profile on the command line'],
    ['{"model":4}', 'line 1: model: must be a text'],
    ['{"rate":true}', expect.stringMatching(/^line 1: rate: takes req\/s, such as 120, .*, not true$/)],
    ['{"rate":[1]}', expect.stringMatching(/^line 1: rate: takes req\/s, .*, not a list$/)],
    ['{"slo":[null]}', expect.stringContaining('not null')],
    ['{"rate":{}}', expect.stringContaining('not an object')],
    ['{"preload":"maybe"}', 'line 1: preload: must be true or false, got "maybe"'],
    ['{"rate":1e309}', expect.stringContaining('line 1: rate: ')],
    [`{"model":"${'x'.repeat(MAX_LINE_LENGTH)}"}`, 'line 1: has more than 1048576 characters'],
    ['['.repeat(100_000), 'line 1: is not valid JSON'],
  ])('%.30s is answered in its place, and the rest goes on', async (line, error) => {
    const { code, answers, err } = await ask([`${line}\n{"cores":1}\n`]);
    expect(answers).toEqual([{ error }, { cores: 1, positionals: [] }]);
    expect(code).toBe(2);
    expect(err).toBe('wcalc: 1 of 2 lines could not be answered, the first is line 1\n');
  });

  test('is one that the command refuses, too', async () => {
    const { code, answers } = await ask(['{"cores":1}\n'], () => {
      throw new UsageError('--rate must be given');
    });
    expect(answers).toEqual([{ error: 'line 1: --rate must be given' }]);
    expect(code).toBe(2);
  });

  test('that lays bare a defect says so, and the exit code is 70', async () => {
    const { code, answers } = await ask(['{"cores":1}\n{"cores":2}\n'], ({ values }) => {
      if (values.cores === 1) throw new TypeError('x is not a function');
      return 'fine';
    });
    expect(answers).toEqual([
      { error: 'line 1: a defect in wcalc: x is not a function; please report it with this line' },
      'fine',
    ]);
    expect(code).toBe(70);
  });

  test('is not counted on stderr with --quiet', async () => {
    const { code, err } = await ask(['nonsense\n'], undefined, invocation({ quiet: true }));
    expect([code, err]).toEqual([2, '']);
  });
});

test('a line without end is thrown away as it comes, never held', async () => {
  const { host, out } = madeUpHost([]);
  const mebibyte = new Uint8Array(1 << 20).fill(120);
  async function* endless() {
    for (let chunk = 0; chunk < 50; chunk += 1) yield mebibyte;
    yield new TextEncoder().encode('\n{"cores":1}\n');
  }
  const code = await runBatch(invocation(), { ...host, stdin: endless() }, ({ values }) => values);
  expect(out()).toBe('{"error":"line 1: has more than 1048576 characters"}\n{"cores":1}\n');
  expect(code).toBe(2);
});

test('waits for the reader of the answers', async () => {
  const { host } = madeUpHost([], { stdin: ['{}\n', '{}\n'] });
  const seen: string[] = [];
  const stdout = {
    isTerminal: false,
    columns: undefined,
    write: (text: string) => void seen.push(text),
    drained: async () => void seen.push('drained'),
  };
  await runBatch(invocation(), { ...host, stdout }, () => 1);
  expect(seen).toEqual(['1\n', 'drained', '1\n', 'drained']);
});

test('writes long answers in pieces, so that they need not fit in memory together', async () => {
  const { host } = madeUpHost([], { stdin: ['{}\n'.repeat(10)] });
  const seen: number[] = [];
  const stdout = { ...host.stdout, write: (text: string) => void seen.push(text.length) };
  await runBatch(invocation(), { ...host, stdout }, () => 'x'.repeat(40_000));
  expect(seen.length).toBeGreaterThan(4);
  expect(Math.max(...seen)).toBeLessThan(100_000);
});

test('another form than lines of JSON is refused where it was typed, and passed over where a file asks for it', async () => {
  const { host } = madeUpHost([], { stdin: [] });
  const asked = (source: Origin['source'], values: Invocation['values']): Invocation => ({
    ...invocation(values),
    origins: Object.fromEntries(Object.keys(values).map((name) => [name, { source, where: name }])),
  });
  const run = (given: Invocation) => runBatch(given, host, () => 1);
  await expect(run(asked('flag', { format: 'csv', output: ['json=x'], chart: true }))).rejects.toThrow(
    '--batch answers in lines of JSON; leave out --format and --output and --chart',
  );
  expect(await run(asked('flag', { format: 'json', json: true, explain: false }))).toBe(0);
  expect(await run(asked('file', { format: 'csv' }))).toBe(0);
});
