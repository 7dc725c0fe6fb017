import type { Source, Span } from './text-file.js';

/** One `key = value` of an INI or a simple TOML file. */
export interface IniEntry {
  /** The section that it stands in, such as `program:web`, and how many sections came before it. */
  readonly section: string;
  readonly sectionIndex: number;
  readonly key: string;
  /** The value without comments and quotes. */
  readonly value: string;
  readonly from: number;
  readonly to: number;
  readonly at: Span;
}

/**
 * The entries of an INI file, or of the plain part of a TOML file: tables and scalars of one line. Indented lines go on
 * with the value before them, as in Python's configparser, where `continued` is set.
 */
export function readIni(source: Source, { continued = false, comments = ';#' } = {}): readonly IniEntry[] {
  const entries: { entry: Omit<IniEntry, 'at' | 'value'>; text: string }[] = [];
  let section = '';
  let sectionIndex = 0;
  let offset = 0;
  for (const raw of source.text.split('\n')) {
    const line = raw.replace(/\r$/, '');
    const from = offset;
    offset += raw.length + 1;
    const trimmed = line.trim();
    if (trimmed === '' || comments.includes(trimmed[0]!)) continue;
    const head = /^\s*\[\[?([^\]]+)\]\]?\s*([;#].*)?$/.exec(line);
    const last = entries.at(-1);
    if (head) {
      section = head[1]!.trim();
      sectionIndex += 1;
    } else if (continued && /^\s/.test(line) && last?.entry.sectionIndex === sectionIndex) {
      last.text += `\n${trimmed}`;
      last.entry = { ...last.entry, to: from + line.length };
    } else {
      const match = /^(\s*"?([\w.%-]+)"?\s*[=:]\s*)(.*)$/.exec(line);
      if (!match) continue;
      const [, lead = '', key = '', text = ''] = match;
      entries.push({
        entry: { section, sectionIndex, key, from: from + lead.length, to: from + line.trimEnd().length },
        text,
      });
    }
  }
  return entries.map(({ entry, text }) => ({
    ...entry,
    value: plainValue(text),
    at: source.at(entry.from, Math.max(entry.from + 1, entry.to)),
  }));
}

/** A value without the comment after it; a quoted text without its quotes. */
function plainValue(text: string): string {
  const basic = /^"((?:[^"\\]|\\.)*)"\s*(#.*)?$/.exec(text);
  if (basic) {
    try {
      return String(JSON.parse(`"${basic[1]}"`));
    } catch {
      return basic[1]!;
    }
  }
  const literal = /^'([^']*)'\s*(#.*)?$/.exec(text);
  return literal ? literal[1]! : text.replace(/\s+[;#].*$/, '').trim();
}
