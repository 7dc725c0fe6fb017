import type { Source, Span } from './text-file.js';

/** One `key = value` of an INI or TOML file; its value is the text as written, without a comment behind it. */
export interface KeyValue {
  /** Name of the section it stands in, `''` before the first. */
  readonly section: string;
  readonly key: string;
  readonly value: string;
  /** Place of the value, of the key where the value is empty. */
  readonly at: Span;
}

const SECTION = /^\s*\[\[?([^\]]+)\]\]?\s*$/;
const PAIR = /^(\s*)([^=\s#;[][^=]*?)(\s*=\s*)(.*?)\s*$/;

/** The pairs of an INI file, or of a TOML file whose values stand on one line each; other lines are passed over. */
export function keyValues(source: Source): readonly KeyValue[] {
  const found: KeyValue[] = [];
  let section = '';
  let offset = 0;
  for (const line of source.text.split('\n')) {
    const text = line.replace(/\r$/, '');
    const named = SECTION.exec(text)?.[1];
    const [, indent = '', key = '', equals = '', raw = ''] = PAIR.exec(text) ?? [];
    if (named !== undefined) section = named.trim();
    else if (key !== '') {
      const value = withoutComment(raw);
      const from = offset + indent.length + (value === '' ? 0 : key.length + equals.length);
      found.push({ section, key, value, at: source.at(from, from + (value || key).length) });
    }
    offset += line.length + 1;
  }
  return found;
}

/** A comment begins with # or ; after a blank, outside quotes. */
function withoutComment(raw: string): string {
  if (/^["']/.test(raw)) return raw;
  return raw.replace(/(^|\s+)[#;].*$/, '');
}
