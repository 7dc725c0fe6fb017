import { SourceError, UsageError } from '../../host/errors.js';
import { jsonLine } from '../../text/json.js';
import { flagOf } from '../../text/names.js';
import { shortSentence } from '../../text/notice.js';
import { didYouMean } from '../../text/suggest.js';
import type { CommandSpec, Invocation } from '../command.js';
import type { Origin } from '../option.js';
import type { OptionName, Values } from '../options.js';
import { optionOf, parseData } from '../value.js';
import type { Line } from './lines.js';

/** Answers one question; a {@link UsageError} or {@link SourceError} becomes the line's `{"error": …}`. */
export type Answer = (invocation: Invocation) => unknown | Promise<unknown>;

/** Longest line that is read, in characters. */
export const MAX_LINE_LENGTH = 1 << 20;

/** A line's answer as it is written; plain data, so that a thread can send it. */
export interface Answered {
  /** Of the line. */
  readonly number: number;
  readonly json: string;
  readonly failure?: 'input' | 'defect';
}

/** How the lines of a batch are answered whose defaults are those of `base`. */
export function lineAnswerer(base: Invocation, answer: Answer): (line: Line) => Promise<Answered> {
  const read = questionReader(base);
  return async (line) => {
    const { number } = line;
    try {
      return { number, json: jsonLine((await answer(read(line))) ?? null) };
    } catch (error) {
      const known = error instanceof UsageError || error instanceof SourceError;
      const message = error instanceof Error ? error.message : String(error);
      const text = known ? message : `a defect in wcalc: ${message}; please report it with this line`;
      return {
        number,
        json: jsonLine({ error: shortSentence(`line ${number}: ${text}`) }),
        failure: known ? 'input' : 'defect',
      };
    }
  };
}

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
