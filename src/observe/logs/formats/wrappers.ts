import { storeOf } from '../reading/fields.js';
import type { ReadLine } from '../reading/row.js';
import type { LogFormat } from './log-format.js';

/** What a collector of logs puts around the lines of a program. */
export interface Wrapper {
  readonly name: string;
  /** Whether it has a time stamp for each line. */
  readonly tellsTime: boolean;
  /** The line that was wrapped, and when it was collected; null for a line without this wrapping. */
  unwrap(line: string): { readonly body: string; readonly time: string | null } | null;
  /** A line that the same collector took from another source. */
  isOther(line: string): boolean;
}

const ISO = String.raw`\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d+)?(?:Z|[+-]\d\d:?\d\d)?`;
const TIME_GROUP = '(\\d{4}-';
const SYSLOG_TIME = String.raw`\w{3} [ \d]\d \d\d:\d\d:\d\d(?:\.\d+)?`;
const TAG = String.raw`[^\s:\[]+(?:\[\d+\])?: `;

/** Wrapping by a prefix; the first group of the pattern, if any, is the time. */
const prefix = (name: string, pattern: string, other?: string): Wrapper => {
  const begin = new RegExp(`^${pattern}`);
  const others = other === undefined ? null : new RegExp(`^${other}`);
  return {
    name,
    tellsTime: pattern.includes(TIME_GROUP),
    unwrap(line) {
      const match = begin.exec(line);
      return match && { body: line.slice(match[0].length), time: match[1] ?? null };
    },
    isOther: (line) => others?.test(line) ?? false,
  };
};

/** Wrapping in an object, the line being one of its values. */
const object = (name: string, key: string, timeKey: string): Wrapper => ({
  name,
  tellsTime: true,
  unwrap(line) {
    if (!line.includes(`"${key}"`)) return null;
    try {
      const { [key]: body, [timeKey]: time } = JSON.parse(line);
      if (typeof body !== 'string') return null;
      return { body: body.replace(/\r?\n$/, ''), time: typeof time === 'string' ? time : null };
    } catch {
      return null;
    }
  },
  isOther: () => false,
});

const HEROKU = String.raw`(?:\d+ <\d+>1 )?`;

/** From the particular to the general; the first that most lines have is taken off, then perhaps another. */
export const WRAPPERS: readonly Wrapper[] = [
  object("Docker's json-file", 'log', 'time'),
  object("journald's JSON", 'MESSAGE', '__REALTIME_TIMESTAMP'),
  object("Google Cloud's textPayload", 'textPayload', 'timestamp'),
  prefix('CRI', `(${ISO}) (?:stdout|stderr) [FP] `),
  prefix('Heroku', `${HEROKU}(${ISO}) app\\[[\\w.-]+\\]: `, `${HEROKU}${ISO} (?:app|heroku)\\[[\\w.-]+\\]: `),
  prefix(
    'Heroku',
    `${HEROKU}(${ISO}) heroku\\[router\\]: `,
    `${HEROKU}${ISO} (?:app|heroku)\\[[\\w.-]+\\]: `,
  ),
  prefix('Fly.io', `(${ISO}) (?:app|runner|proxy)\\[\\w+\\] \\w{3} \\[\\w+\\] ?`),
  prefix('kubectl', String.raw`\[pod/[^\]\s]+\] `),
  // biome-ignore lint/suspicious/noControlCharactersInRegex: Compose colours its names
  prefix('Compose', String.raw`(?:\x1b\[[\d;]*m)*(?:\d+\|)?[\w.-]+ +\| ?(?:\x1b\[[\d;]*m)*`),
  prefix('syslog', `<\\d+>1 (${ISO}) \\S+ \\S+ \\S+ \\S+ (?:-|\\[[^\\]]*\\]) ?(?:\\xef\\xbb\\xbf)?`),
  prefix('journald', `(?:<\\d+>)?${SYSLOG_TIME} (?:\\S+ )?${TAG}`),
  prefix('journald', `(${ISO}) \\S+ ${TAG}`),
  prefix('Python logging', String.raw`(?:INFO|DEBUG):[\w.]+:`),
  object('JSON', 'message', 'timestamp'),
  object('JSON', 'msg', 'time'),
  prefix('time stamps', String.raw`(\d{4}-\d\d-\d\dT[\d:]{8}\.\d+Z) (?=\S)`),
];

/** A format whose lines a collector has wrapped. */
export function wrapped(wrapper: Wrapper, inner: LogFormat): LogFormat {
  const ownTime = inner.tells.has('time') || !wrapper.tellsTime;
  return {
    ...inner,
    name: `${inner.name}, behind the prefix of ${wrapper.name}`,
    reader: () => wrappedReader(wrapper, inner.reader(), ownTime),
    tells: ownTime ? inner.tells : new Set([...inner.tells, 'time']),
  };
}

function wrappedReader(wrapper: Wrapper, read: ReadLine, ownTime: boolean): ReadLine {
  const storeTime = storeOf({ kind: 'time', msPerUnit: null });
  return (line, row) => {
    const found = wrapper.unwrap(line);
    if (found === null) return wrapper.isOther(line) ? 'other' : 'broken';
    const kind = read(found.body, row);
    if (!ownTime && found.time !== null) storeTime(found.time, row);
    return kind;
  };
}
