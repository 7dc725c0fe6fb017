import { parentPort, workerData } from 'node:worker_threads';
import { lineAnswerer } from '../../input/batch/answer-line.js';
import type { Line } from '../../input/batch/lines.js';
import { answer } from './answer.js';
import type { BatchSetup, LineAnswers } from './batch-threads.js';

const { base, command, argv } = workerData as BatchSetup;

/** Whether the line that is being answered has formulas. */
let hasFormulas = false;
const answerLine = lineAnswerer({ ...base, command: { ...command, load: isLoaded } }, (question) =>
  answer(question, argv, async () => {
    hasFormulas = true;
    return [];
  }),
);

async function isLoaded(): Promise<never> {
  throw new Error('a thread that answers lines runs no command');
}

async function answerLines(lines: readonly Line[]): Promise<LineAnswers> {
  const answers: LineAnswers[number][] = [];
  for (const line of lines) {
    hasFormulas = false;
    const answered = await answerLine(line);
    answers.push(hasFormulas ? null : answered);
  }
  return answers;
}

/** One part after the other, whatever is asked meanwhile. */
let before = Promise.resolve();
parentPort!.on('message', (lines: readonly Line[]) => {
  before = before.then(async () => parentPort!.postMessage(await answerLines(lines)));
});
