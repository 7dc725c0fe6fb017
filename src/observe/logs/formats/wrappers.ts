import { storeOf } from '../reading/fields.js';
import type { ReadLine } from '../reading/row.js';
import { objectOf } from './json-lines.js';
import type { LogFormat } from './log-format.js';

/** What a collector of logs puts around the lines of a program. */
export interface Wrapper {
  /** Where the lines stand, for people. */
  readonly where: string;
  /** The line that was wrapped, and when it was collected; null for a line without this wrapping. */
  unwrap(line: string): { readonly body: string; readonly time: string | null } | null;
  /** A line that the same collector took from another source. */
  isOther(line: string): boolean;
}

const ISO = String.raw`\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d+)?(?:Z|[+-]\d\d:?\d\d)?`;
const SYSLOG_TIME = String.raw`\w{3} [ \d]\d \d\d:\d\d:\d\d(?:\.\d+)?`;
const TAG = String.raw`[^\s:\[]+(?:\[\d+\])?: `;

const behind = (name: string): string => `behind the prefix of ${name}`;

/** Wrapping by a prefix; the first group of the pattern, if any, is the time. */
const prefix = (name: string, pattern: string, other?: string): Wrapper => {
  const begin = new RegExp(`^${pattern}`);
  const others = other === undefined ? null : new RegExp(`^${other}`);
  return {
    where: behind(name),
    unwrap(line) {
      const match = begin.exec(line);
      return match && { body: line.slice(match[0].length), time: match[1] ?? null };
    },
    isOther: (line) => others?.test(line) ?? false,
  };
};

/** Names under which loggers put a time stamp. */
const TIMES = ['time', 'timestamp', '@timestamp', 'asctime', 'ts', '__REALTIME_TIMESTAMP'];

/** Wrapping in an object, the line being one of its values. */
const object = (name: string, key: string): Wrapper => ({
  where: behind(name),
  unwrap(line) {
    if (!line.includes(`"${key}"`)) return null;
    const found = objectOf(line);
    const body = found?.[key];
    if (!found || typeof body !== 'string') return null;
    const time = TIMES.map((one) => found[one]).find((value) => value !== undefined);
    return { body: body.replace(/\r?\n$/, ''), time: time === undefined ? null : String(time) };
  },
  isOther: () => false,
});

/** Fewer bars than this are part of a text. */
const FEWEST_BARS = 4;

/** Fields between bars, which are read as words. */
const bars: Wrapper = {
  where: 'between bars',
  unwrap(line) {
    const fields = line.split('|');
    if (fields.length <= FEWEST_BARS || line.startsWith('{')) return null;
    return { body: fields.map((field) => field.trim()).join(' '), time: null };
  },
  isOther: () => false,
};

const HEROKU = String.raw`(?:\d+ <\d+>1 )?`;

/** From the particular to the general; the first that most lines have is taken off, then perhaps another. */
export const WRAPPERS: readonly Wrapper[] = [
  object("Docker's json-file", 'log'),
  object("journald's JSON", 'MESSAGE'),
  object("Google Cloud's textPayload", 'textPayload'),
  prefix('CRI', `(${ISO}) (?:stdout|stderr) [FP] `),
  prefix('Heroku', `${HEROKU}(${ISO}) app\\[[\\w.-]+\\]: `, `${HEROKU}${ISO} (?:app|heroku)\\[[\\w.-]+\\]: `),
  prefix(
    'Heroku',
    `${HEROKU}(${ISO}) heroku\\[router\\]: `,
    `${HEROKU}${ISO} (?:app|heroku)\\[[\\w.-]+\\]: `,
  ),
  prefix(
    "Caddy's console",
    String.raw`(\d{4}/\d\d/\d\d \d\d:\d\d:\d\d(?:\.\d+)?)\t\S+\t\S+\t[^\t{]*\t(?=\{)`,
  ),
  prefix('Fly.io', `(${ISO}) (?:app|runner|proxy)\\[\\w+\\] \\w{3} \\[\\w+\\] ?`),
  prefix('kubectl', String.raw`\[pod/[^\]\s]+\] `),
  prefix('Compose', String.raw`(?:\x1b\[[\d;]*m)*(?:\d+\|)?[\w.-]+ +\| ?(?:\x1b\[[\d;]*m)*`),
  prefix('syslog', `<\\d+>1 (${ISO}) \\S+ \\S+ \\S+ \\S+ (?:-|\\[[^\\]]*\\]) ?(?:\\xef\\xbb\\xbf)?`),
  prefix('journald', `(?:<\\d+>)?${SYSLOG_TIME} (?:\\S+ )?${TAG}`),
  prefix('journald', `(${ISO}) \\S+ ${TAG}`),
  prefix('syslog without its time', String.raw`\s*[a-z][\w./-]*\[\d+\]: `),
  prefix('Python logging', String.raw`(?:INFO|DEBUG):[\w.]+:`),
  object('JSON', 'message'),
  object('JSON', 'msg'),
  object('JSON', '@message'),
  prefix('time stamps', `(${ISO}) (?=\\S)`),
  bars,
];

/** A format whose lines a collector has wrapped; `timed`: with a time stamp for each. */
export function wrapped(wrapper: Wrapper, timed: boolean, inner: LogFormat): LogFormat {
  const takesTime = timed && !inner.tells.has('time');
  return {
    ...inner,
    name: `${inner.name}, ${wrapper.where}`,
    reader: () => wrappedReader(wrapper, inner.reader(), takesTime),
    tells: takesTime ? new Set([...inner.tells, 'time']) : inner.tells,
  };
}

function wrappedReader(wrapper: Wrapper, read: ReadLine, takesTime: boolean): ReadLine {
  const storeTime = storeOf({ kind: 'time', msPerUnit: null });
  return (line, row) => {
    const found = wrapper.unwrap(line);
    if (found === null) return wrapper.isOther(line) ? 'other' : 'broken';
    const kind = read(found.body, row);
    if (takesTime && found.time !== null) storeTime(found.time, row);
    return kind;
  };
}
