import type { Worker } from 'node:worker_threads';
import type { Host } from '../../host/host.js';
import { threadsOf } from '../../host/threads.js';
import type { LineThreads } from '../../input/batch/batch.js';
import type { Line } from '../../input/batch/lines.js';
import type { CommandSpec, Invocation } from '../../input/command.js';

/** What a thread is told once: the defaults of all lines, and what was typed; plain data. */
export interface BatchSetup {
  readonly base: Omit<Invocation, 'command' | 'sections'>;
  /** The command without what loads its code, which the thread has. */
  readonly command: Omit<CommandSpec, 'load' | 'formats' | 'rewrite' | 'suggests'>;
  readonly argv: readonly string[];
}

/** Parts of a batch with a thread at once: the next waits there while one is answered. */
const AHEAD = 2;

/** A thread for each core; null on one core, or where the program is not built. */
export function startBatchThreads(
  {
    command: { load: _, formats: __, rewrite: ___, suggests: ____, ...command },
    sections,
    ...base
  }: Invocation,
  { hardwareThreads, argv }: Pick<Host, 'hardwareThreads' | 'argv'>,
): LineThreads | null {
  const start = hardwareThreads < 2 ? null : threadsOf('batch-worker.cjs');
  if (!start) return null;
  const setup: BatchSetup = { base, command, argv };
  const threads = Array.from({ length: hardwareThreads }, () => new LineThread(start(setup)));
  return {
    wanted: AHEAD * threads.length,
    answer: (lines) => threads.reduce((a, b) => (b.asked < a.asked ? b : a)).answer(lines),
    close: async () => {
      await Promise.all(threads.map((thread) => thread.close()));
    },
  };
}

/** A line with formulas is answered by the main thread (null), which alone loads the library for them. */
export type LineAnswers = Awaited<ReturnType<LineThreads['answer']>>;

interface Waiting {
  resolve(answers: LineAnswers): void;
  reject(error: Error): void;
}

/** A thread answers what it is asked in order. */
class LineThread {
  readonly #worker: Worker;
  readonly #waiting: Waiting[] = [];

  constructor(worker: Worker) {
    this.#worker = worker;
    worker.on('message', (answers: LineAnswers) => this.#waiting.shift()!.resolve(answers));
    worker.on('error', (error) => {
      for (const { reject } of this.#waiting.splice(0)) reject(error);
    });
  }

  /** Parts that are not answered yet. */
  get asked(): number {
    return this.#waiting.length;
  }

  answer(lines: readonly Line[]): Promise<LineAnswers> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      this.#worker.postMessage(lines);
    });
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
  }
}
