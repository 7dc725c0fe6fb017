import { compileFormat } from './format-string.js';
import type { Field, LineFormat, LinePart, LogFormat } from './log-format.js';

export interface Guess {
  readonly format: LogFormat;
  /** What was taken for granted; null where the lines leave no doubt. */
  readonly note: string | null;
}

/** Share of the sample that a format must read. */
const ENOUGH = 0.5;
/** Share of a column's values that must have a form, for some lines of any log are broken. */
const NEARLY_ALL = 0.8;

const HEAD = '%(h)s %(l)s %(u)s %(t)s "%(r)s" %(s)s %(b)s';
const QUOTED = String.raw`"(?:[^"\\]|\\.)*"`;
const TIME = String.raw`\[\d\d/\w{3}/\d{4}:[\d:]{8} [+-]\d{4}\]`;
const COMMON = String.raw`^\S+ [^[]*${TIME} ${QUOTED} \S+ \S+`;

/** The combined format first: it begins as the common one does. */
const HEADS = [
  {
    name: 'combined',
    format: `${HEAD} "%(f)s" "%(a)s"`,
    pattern: new RegExp(`${COMMON} ${QUOTED} ${QUOTED}`),
  },
  { name: 'common', format: HEAD, pattern: new RegExp(COMMON) },
] as const;

/**
 * Recognises the common and the combined log format with anything behind it: `<pid>`, durations, `name=value` pairs and
 * quoted texts. What a trailing number means is told by its form.
 */
export function guessLineFormat(sample: readonly string[]): Guess | null {
  for (const head of HEADS) {
    const tails = sample.flatMap((line) => {
      const match = head.pattern.exec(line);
      return match ? [line.slice(match[0].length)] : [];
    });
    if (tails.length === 0 || tails.length <= ENOUGH * sample.length) continue;
    const tail = guessTail(tails);
    if (tail) return { format: withTail(head.name, compileFormat(head.format), tail), note: tail.note };
  }
  return null;
}

function withTail(head: string, base: LineFormat, tail: Tail): LineFormat {
  const parts = base.parts.map((part, n) =>
    n === base.parts.length - 1 ? { ...part, until: part.until + tail.start } : part,
  );
  return {
    ...base,
    ...tail.traits,
    parts: [...parts, ...tail.parts],
    name: `${head} log format${tail.name}`,
  };
}

interface Tail {
  readonly start: string;
  readonly parts: readonly LinePart[];
  readonly name: string;
  readonly note: string | null;
  readonly traits: Pick<LineFormat, 'basis' | 'resolutionMs'>;
}

const NONE: Tail = {
  start: '',
  parts: [],
  name: '',
  note: null,
  traits: { basis: 'service', resolutionMs: 1 },
};

/** One word of a tail: text before, value, text behind. */
interface Word {
  readonly before: string;
  readonly value: string;
  readonly behind: string;
}

function guessTail(tails: readonly string[]): Tail | null {
  const rows = tails.map(words);
  const most = mostCommon(rows.map((row) => row.length));
  const alike = rows.filter((row) => row.length === most);
  if (alike.length <= ENOUGH * tails.length) return null;
  if (most === 0) return NONE;
  const first = alike[0]!;
  const kinds = first.map((_, column) => kindOf(alike.map((row) => row[column]!)));
  const durations = kinds.flatMap((kind, n) => (kind?.field.kind === 'duration' ? [n] : []));
  const chosen = durations.at(-1);
  const parts = first.map((word, n): LinePart => {
    const kind = kinds[n];
    const field: Field =
      kind && (kind.field.kind !== 'duration' || n === chosen) ? kind.field : { kind: 'skip' };
    return { field, until: word.behind + (first[n + 1]?.before ?? '') };
  });
  const told = chosen === undefined ? null : kinds[chosen]!;
  return {
    start: first[0]!.before,
    parts,
    name: told ? ` with ${told.name}` : '',
    note: told?.note ?? null,
    traits: { basis: told?.basis ?? 'service', resolutionMs: told?.resolutionMs ?? 1 },
  };
}

/** Splits ` "-" rt=0.123 <42>` into words: a blank and any opening before the value, any closing behind it. */
function words(tail: string): Word[] {
  const found: Word[] = [];
  for (const match of tail.matchAll(
    /(\s+(?:[A-Za-z_]\w*[=:])?["<[(]?)((?:(?<=")(?:[^"\\]|\\.)*)|[^\s">\])]*)(["\])]?)/g,
  )) {
    const pid = match[1]!.endsWith('<');
    const behind = pid ? '' : match[3]!;
    found.push({
      before: pid ? match[1]!.slice(0, -1) : match[1]!,
      value: pid ? `<${match[2]}>` : match[2]!,
      behind,
    });
  }
  return found;
}

interface WordKind {
  readonly field: Field;
  readonly name: string;
  readonly note: string | null;
  readonly basis: LineFormat['basis'];
  readonly resolutionMs: number;
}

/** What a column of words tells, judged by all its values. */
function kindOf(column: readonly Word[]): WordKind | null {
  const values = column.map((word) => word.value).filter((value) => value !== '-' && value !== '');
  const key = /([A-Za-z_]\w*)[=:]/.exec(column[0]!.before)?.[1]?.toLowerCase() ?? '';
  const hasForm = (pattern: RegExp) =>
    values.length > 0 && values.filter((value) => pattern.test(value)).length >= NEARLY_ALL * values.length;
  if (hasForm(/^<\d+>$/) || (key === 'pid' && hasForm(/^\d+$/))) return told({ kind: 'pid' }, 'pid');
  if (/^(uct|uht|upstream_connect_time|upstream_header_time|cs|size|bytes|len)$/.test(key)) return null;
  if (hasForm(/^\d+\.\d{3}(, \d+\.\d{3})*$/))
    return told(ms(1e3), key ? `nginx's ${key}` : "nginx's $request_time", 1, 'response');
  if (hasForm(/^\d+\.\d{6}$/)) return told(ms(1e3), '%(L)s', 1e-3);
  if (!hasForm(/^\d+$/)) return null;
  if (/_?ms$/.test(key)) return told(ms(1), key, 1);
  if (/_?(us|usec)$/.test(key)) return told(ms(1e-3), key, 1e-3);
  const zeros = values.filter((value) => value === '0').length;
  if (zeros > values.length / 2)
    return told(
      ms(1e3),
      '%(T)s',
      1000,
      'service',
      'the last number is mostly 0 and taken as whole seconds, %(T)s; give --log-format if it is not',
    );
  return told(
    ms(1e-3),
    '%(D)s',
    1e-3,
    'service',
    'the last number is taken as microseconds, %(D)s; give --log-format if it is not',
  );
}

const ms = (msPerUnit: number): Field => ({ kind: 'duration', msPerUnit });

const told = (
  field: Field,
  name: string,
  resolutionMs = 1,
  basis: LineFormat['basis'] = 'service',
  note: string | null = null,
): WordKind => ({ field, name, note, basis, resolutionMs });

function mostCommon(values: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].reduce((best, next) => (next[1] > best[1] ? next : best), [0, 0] as [number, number])[0];
}
