import { SourceError, UsageError } from '../host/errors.js';
import { EXIT, type ExitCode } from '../host/exit.js';
import type { Host } from '../host/host.js';
import { jsonLine } from '../text/json.js';
import { flagOf } from '../text/names.js';
import { notice, shortSentence } from '../text/notice.js';
import { didYouMean } from '../text/suggest.js';
import type { CommandSpec, Invocation } from './command.js';
import { type Line, lineGroups } from './lines.js';
import type { Origin } from './option.js';
import type { OptionName, Values } from './options.js';
import { optionOf, parseData } from './value.js';

/** Answers one question; a {@link UsageError} or {@link SourceError} becomes the line's `{"error": …}`. */
export type Answer = (invocation: Invocation) => unknown | Promise<unknown>;

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
 * Memory is bounded: lines are answered as they arrive, and reading waits for the reader of the answers.
 */
export async function runBatch(invocation: Invocation, host: Host, answer: Answer): Promise<ExitCode> {
  refuseOtherOutput(invocation);
  const { batch, ...defaults } = invocation.values;
  const { batch: _, ...origins } = invocation.origins;
  const base: Invocation = { ...invocation, values: defaults, origins };
  const read = questionReader(base);
  const failed = { lines: 0, first: 0, defects: 0 };
  let lines = 0;
  const stream = batch === '-' ? host.stdin : host.files.stream(batch ?? '-');
  for await (const group of lineGroups(stream, MAX_LINE_LENGTH)) {
    let pending = '';
    for (const line of group) {
      lines += 1;
      const { json, failure } = await answerLine(line, read, answer);
      if (failure) {
        failed.lines += 1;
        failed.first ||= line.number;
        if (failure === 'defect') failed.defects += 1;
      }
      pending += `${json}\n`;
      if (pending.length < MAX_PENDING_LENGTH) continue;
      host.stdout.write(pending);
      await host.stdout.drained?.();
      pending = '';
    }
    host.stdout.write(pending);
    await host.stdout.drained?.();
  }
  if (failed.lines > 0 && !defaults.quiet)
    host.stderr.write(
      notice(`${failed.lines} of ${lines} lines could not be answered, the first is line ${failed.first}`),
    );
  if (failed.defects > 0) return EXIT.defect;
  return failed.lines > 0 ? EXIT.usage : EXIT.done;
}

/** What was typed to get another form than lines of JSON cannot be had. */
function refuseOtherOutput({ values, origins }: Invocation): void {
  const typed = (['format', 'output', 'explain', 'chart'] as const).filter(
    (name) => origins[name]?.source === 'flag' && values[name] !== 'json' && values[name] !== false,
  );
  if (typed.length > 0)
    throw new UsageError(`--batch answers in lines of JSON; leave out ${typed.map(flagOf).join(' and ')}`);
}

/** Longest line that is read, in characters. */
export const MAX_LINE_LENGTH = 1 << 20;
const MAX_PENDING_LENGTH = 1 << 16;

/** Options that are followed once, before any line is read. */
const OF_ALL_LINES: ReadonlySet<string> = new Set<OptionName>(['profile']);

/** The keys a line may have: the command's options that mean something for one question, and its positionals. */
const batchKeys = (command: CommandSpec): readonly string[] => [
  ...command.positionals.map((positional) => positional.name),
  ...command.options.filter((name) => {
    const option = optionOf(name);
    return !option.flagOnly && option.group !== 'Output' && !OF_ALL_LINES.has(name);
  }),
];

async function answerLine(
  line: Line,
  read: (line: Line) => Invocation,
  answer: Answer,
): Promise<{ readonly json: string; readonly failure?: 'input' | 'defect' }> {
  try {
    return { json: jsonLine((await answer(read(line))) ?? null) };
  } catch (error) {
    const known = error instanceof UsageError || error instanceof SourceError;
    const message = error instanceof Error ? error.message : String(error);
    const text = known ? message : `a defect in wcalc: ${message}; please report it with this line`;
    return {
      json: jsonLine({ error: shortSentence(`line ${line.number}: ${text}`) }),
      failure: known ? 'input' : 'defect',
    };
  }
}

function questionReader(base: Invocation): (line: Line) => Invocation {
  const keys = batchKeys(base.command);
  const positions = new Map(base.command.positionals.map((positional, index) => [positional.name, index]));
  const options = new Set(keys.filter((key) => !positions.has(key)));
  return (line) => {
    const values: Record<string, unknown> = { ...base.values };
    const origins: Record<string, Origin> = { ...base.origins } as Record<string, Origin>;
    const positionals = [...base.positionals];
    const origin: Origin = { source: 'batch', where: `line ${line.number}` };
    for (const [key, data] of Object.entries(objectOf(line))) {
      const position = positions.get(key);
      if (position !== undefined) {
        positionals[position] = positionalText(key, data);
      } else if (!options.has(key)) {
        if (OF_ALL_LINES.has(key))
          throw new UsageError(`${key} is the same for all lines; give ${flagOf(key)} on the command line`);
        throw new UsageError(`unknown key "${key}"${didYouMean(key, keys)}`);
      } else if (data === null) {
        delete values[key];
        delete origins[key];
      } else {
        values[key] = parseData(key as OptionName, key, data);
        origins[key] = origin;
      }
    }
    return {
      command: base.command,
      positionals,
      values: values as Values,
      origins: origins as Invocation['origins'],
      ...(base.learnt && { learnt: base.learnt }),
    };
  };
}

function objectOf(line: Line): object {
  if (line.tooLong) throw new UsageError(`has more than ${MAX_LINE_LENGTH} characters`);
  if (line.text.trim() === '') throw new UsageError('is empty; each line must be a JSON object');
  let data: unknown;
  try {
    data = JSON.parse(line.text);
  } catch {
    throw new UsageError('is not valid JSON');
  }
  if (typeof data !== 'object' || data === null || Array.isArray(data))
    throw new UsageError('must be a JSON object, such as {"cores":4,"mem":"1GiB"}');
  return data;
}

function positionalText(key: string, data: unknown): string {
  if (typeof data === 'string') return data;
  throw new UsageError(`${key}: must be a text`);
}
