import type { Labels } from '../series.js';

/** The beginning of a sample's line: the metric's name, and its labels as they stand there. */
export interface NamedLabels {
  readonly name: string;
  readonly labels: string;
  /** Where what follows begins. */
  readonly end: number;
}

const NAME = /[ \t]*([a-zA-Z_:][\w:]*)?[ \t]*/y;
/** Prometheus 3 writes names of other characters in quotes, first between the braces. */
const QUOTED_NAME = /[ \t]*"([^"\\]*(?:\\.[^"\\]*)*)"[ \t]*(?=[,}])/y;
const LABELS = /[^"}]*(?:"[^"\\]*(?:\\.[^"\\]*)*"[^"}]*)*\}/y;

/** Takes name and labels off a line; null where it has none. */
export function namedLabels(text: string): NamedLabels | null {
  NAME.lastIndex = 0;
  let name = NAME.exec(text)![1] ?? '';
  let begin = NAME.lastIndex;
  if (text[begin] !== '{') {
    // Without labels, a blank must stand before the value.
    const isNamed = name !== '' && /[ \t]/.test(text[begin - 1]!);
    return isNamed ? { name, labels: '', end: begin } : null;
  }
  begin++;
  QUOTED_NAME.lastIndex = begin;
  const quoted = name === '' ? QUOTED_NAME.exec(text) : null;
  if (quoted) {
    name = unescaped(quoted[1]!);
    begin = QUOTED_NAME.lastIndex;
  }
  LABELS.lastIndex = begin;
  if (name === '' || !LABELS.test(text)) return null;
  return { name, labels: text.slice(begin, LABELS.lastIndex - 1), end: LABELS.lastIndex };
}

const LABEL = /[\s,]*(?:([^\s=,"]+)|"([^"\\]*(?:\\.[^"\\]*)*)")\s*=\s*"([^"\\]*(?:\\.[^"\\]*)*)"/y;

/** Labels as they stand between braces, bytes of UTF-8 as characters each. */
export function labelsOf(text: string): Labels {
  const labels = new Map<string, string>();
  LABEL.lastIndex = 0;
  for (let found = LABEL.exec(text); found; found = LABEL.exec(text))
    labels.set(utf8(found[1] ?? unescaped(found[2]!)), utf8(unescaped(found[3]!)));
  return labels;
}

const unescaped = (text: string): string =>
  text.includes('\\') ? text.replace(/\\(.)/g, (_, c: string) => (c === 'n' ? '\n' : c)) : text;

const utf8 = (text: string): string =>
  /[\x80-\xff]/.test(text) ? Buffer.from(text, 'latin1').toString('utf8') : text;
