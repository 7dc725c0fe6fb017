import { UsageError } from '../../host/errors.js';
import { EXIT, type ExitCode } from '../../host/exit.js';
import type { Host } from '../../host/host.js';
import { flagOf } from '../../text/names.js';
import { notice } from '../../text/notice.js';
import type { Invocation } from '../command.js';
import { type Answer, type Answered, lineAnswerer, MAX_LINE_LENGTH } from './answer-line.js';
import { type Line, lineGroups } from './lines.js';

/** Threads that answer lines. */
export interface LineThreads {
  /** The answers in the order of the lines; null of a line that has to be answered here. */
  answer(lines: readonly Line[]): Promise<readonly (Answered | null)[]>;
  /** How many groups of lines should be with the threads at once. */
  readonly wanted: number;
  close(): Promise<void>;
}

/** How to start threads for a batch whose lines have these defaults; null where none can be, or one is as good. */
export type StartLineThreads = (base: Invocation) => Promise<LineThreads | null>;

/** Threads are started for what is left once so much time was spent on answers. */
const WORTH_THREADS_MS = 200;
/** Lines that are handed over at once, and lines that are left from which threads are worth it. */
const PART = 8;
const FEW = 4 * PART;

/**
 * Runs `--batch FILE` (`-` is stdin) for a command:
 *
 *     export async function run(invocation: Invocation, host: Host): Promise<ExitCode> {
 *       if (invocation.values.batch !== undefined) return runBatch(invocation, host, (question) => answer(question));
 *
 * Each line is a JSON object whose keys are the command's options in camel case and its positionals by name. A line
 * becomes an {@link Invocation} (origin `batch`, `line 7`) in which what was typed on the command line serves as
 * default; null takes such a default away. Whatever `answer` returns is written as one line of JSON, in order. A line
 * that cannot be answered gives `{"error": …}` in its place, and the exit code is then 2.
 *
 * Memory is bounded: lines are answered as they arrive, by threads where there are many and they take long, and reading
 * waits for the reader of the answers.
 */
export async function runBatch(
  invocation: Invocation,
  host: Host,
  answer: Answer,
  startThreads: StartLineThreads = async () => null,
): Promise<ExitCode> {
  refuseOtherOutput(invocation);
  const { batch, ...defaults } = invocation.values;
  const { batch: _, ...origins } = invocation.origins;
  const base: Invocation = { ...invocation, values: defaults, origins };
  const answerLine = lineAnswerer(base, answer);
  const answers = new Answers(host);
  const stream = batch === '-' ? host.stdin : host.files.stream(batch ?? '-');
  const from = host.now();
  let threads: LineThreads | null | undefined;
  try {
    for await (const group of lineGroups(stream, MAX_LINE_LENGTH)) {
      for (let at = 0; at < group.length; ) {
        const left = group.length - at;
        if (left >= FEW && threads === undefined && host.now() - from > WORTH_THREADS_MS)
          threads = await startThreads(base);
        if (!threads || left < FEW) await answers.write(await answerLine(group[at++]!));
        else {
          await spread(threads, group.slice(at), answerLine, answers);
          at = group.length;
        }
      }
      await answers.flush();
    }
  } finally {
    await threads?.close();
  }
  if (answers.failed > 0 && !defaults.quiet) host.stderr.write(notice(answers.failures));
  if (answers.defects > 0) return EXIT.defect;
  return answers.failed > 0 ? EXIT.usage : EXIT.done;
}

/** Has lines answered by threads, as many parts at once as these want, and writes the answers in order. */
async function spread(
  threads: LineThreads,
  lines: readonly Line[],
  answerHere: (line: Line) => Promise<Answered>,
  answers: Answers,
): Promise<void> {
  const asked: { readonly part: readonly Line[]; readonly answered: ReturnType<LineThreads['answer']> }[] =
    [];
  for (let at = 0; at < lines.length || asked.length > 0; ) {
    while (asked.length < threads.wanted && at < lines.length) {
      const part = lines.slice(at, at + PART);
      const answered = threads.answer(part);
      // A thread that fails while another's answers are awaited is heard of when its own are.
      answered.catch(() => undefined);
      asked.push({ part, answered });
      at += PART;
    }
    const { part, answered } = asked.shift()!;
    for (const [n, one] of (await answered).entries())
      await answers.write(one ?? (await answerHere(part[n]!)));
  }
}

/** Writes answers in pieces, so that they need not fit in memory together, and counts those that are errors. */
class Answers {
  readonly #host: Host;
  #lines = 0;
  #pending = '';
  #first = 0;
  failed = 0;
  defects = 0;

  constructor(host: Host) {
    this.#host = host;
  }

  /** `3 of 7 lines could not be answered, the first is line 2`. */
  get failures(): string {
    return `${this.failed} of ${this.#lines} lines could not be answered, the first is line ${this.#first}`;
  }

  async write({ number, json, failure }: Answered): Promise<void> {
    this.#lines += 1;
    if (failure) {
      this.failed += 1;
      this.#first ||= number;
      if (failure === 'defect') this.defects += 1;
    }
    this.#pending += `${json}\n`;
    if (this.#pending.length >= MAX_PENDING_LENGTH) await this.flush();
  }

  async flush(): Promise<void> {
    const { stdout } = this.#host;
    if (this.#pending !== '') stdout.write(this.#pending);
    this.#pending = '';
    await stdout.drained?.();
  }
}

const MAX_PENDING_LENGTH = 1 << 16;

/** What was typed to get another form than lines of JSON cannot be had. */
function refuseOtherOutput({ values, origins }: Invocation): void {
  const typed = (['format', 'output', 'explain', 'chart'] as const).filter(
    (name) => origins[name]?.source === 'flag' && values[name] !== 'json' && values[name] !== false,
  );
  if (typed.length > 0)
    throw new UsageError(`--batch answers in lines of JSON; leave out ${typed.map(flagOf).join(' and ')}`);
}
