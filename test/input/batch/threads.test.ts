import { expect, test } from 'vitest';
import { lineAnswerer } from '../../../src/input/batch/answer-line.js';
import { type LineThreads, runBatch, type StartLineThreads } from '../../../src/input/batch/batch.js';
import type { CommandSpec, Invocation } from '../../../src/input/command.js';
import { madeUpHost } from '../../made-up-host.js';

const spec: CommandSpec = {
  name: 'ask',
  summary: 'a command for tests',
  positionals: [],
  options: ['cores', 'batch'],
  examples: [],
  load: async () => ({ run: async () => 0 }),
};
const given: Invocation = { command: spec, positionals: [], values: { batch: '-' }, origins: {} };
const cores = (question: Invocation): unknown => question.values.cores;

/** Threads that answer later lines sooner, and leave every seventh to the main thread. */
const threadsThatRace =
  (seen: { most: number; closed: number }): StartLineThreads =>
  async (base) => {
    const answerLine = lineAnswerer(base, cores);
    let asked = 0;
    const threads: LineThreads = {
      wanted: 4,
      answer: async (lines) => {
        asked += 1;
        seen.most = Math.max(seen.most, asked);
        for (let turn = 0; turn < 100 - asked * 20; turn++) await Promise.resolve();
        asked -= 1;
        return Promise.all(lines.map((line) => (line.number % 7 === 0 ? null : answerLine(line))));
      },
      close: async () => {
        seen.closed += 1;
      },
    };
    return threads;
  };

function slowHost(stdin: readonly string[]) {
  const made = madeUpHost([], { stdin });
  let clock = 0;
  return {
    ...made,
    host: {
      ...made.host,
      now: () => {
        clock += 1000;
        return clock;
      },
    },
  };
}

const numbered = (count: number): string =>
  Array.from({ length: count }, (_, n) => (n % 50 === 3 ? '{"core":1}\n' : `{"cores":${n + 1}}\n`)).join('');

test('what threads answer is what one answers, in the order of the lines, with bounded parts at once', async () => {
  const seen = { most: 0, closed: 0 };
  const threaded = slowHost([numbered(400), numbered(5)]);
  const alone = madeUpHost([], { stdin: [numbered(400), numbered(5)] });
  const codes = [
    await runBatch(given, threaded.host, cores, threadsThatRace(seen)),
    await runBatch(given, alone.host, cores),
  ];
  expect(threaded.out()).toBe(alone.out());
  expect(threaded.err()).toBe(alone.err());
  expect(codes).toEqual([2, 2]);
  expect(seen).toEqual({ most: 4, closed: 1 });
});

test('no thread is started for few lines, however long they take, nor for many that take no time', async () => {
  const never: StartLineThreads = () => Promise.reject(new Error('a thread was started'));
  expect(await runBatch(given, slowHost([numbered(3), numbered(3)]).host, cores, never)).toBe(0);
  const { host } = madeUpHost([], { stdin: ['{"cores":1}\n'.repeat(1000)] });
  expect(await runBatch(given, { ...host, now: () => 0 }, cores, never)).toBe(0);
});

test('a thread that fails ends the batch, and the others are closed', async () => {
  let closed = 0;
  const failing: StartLineThreads = async () => ({
    wanted: 2,
    answer: () => Promise.reject(new Error('out of memory')),
    close: async () => {
      closed += 1;
    },
  });
  const { host } = slowHost([numbered(400)]);
  await expect(runBatch(given, host, cores, failing)).rejects.toThrow('out of memory');
  expect(closed).toBe(1);
});
