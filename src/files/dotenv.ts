import { MOST_VARIABLES, refuseMany } from './limits.js';
import type { Variable } from './platforms/service.js';
import { known, unknown } from './reading.js';
import type { Source } from './text-file.js';

const LINE = /^(\s*(?:export\s+)?)([A-Za-z_][\w.-]*)(\s*=\s*)(.*)$/;

/** The variables of an `.env` file: `NAME=value`, quotes and comments as Compose and python-dotenv read them. */
export function readDotenv(source: Source): readonly Variable[] {
  const before = KNOWN.get(source);
  if (before) return before;
  const variables: Variable[] = [];
  let offset = 0;
  for (const line of source.text.split('\n')) {
    const match = LINE.exec(line.replace(/\r$/, ''));
    if (match) {
      const [, lead = '', name = '', equals = '', raw = ''] = match;
      const from = offset + lead.length + name.length + equals.length;
      const at = source.at(from, from + Math.max(1, raw.length));
      const value = plainValue(raw);
      variables.push({
        name,
        value:
          value === undefined
            ? unknown('this value refers to other variables or lines', at)
            : known(value, at),
      });
    }
    offset += line.length + 1;
  }
  refuseMany(source.file, variables.length, MOST_VARIABLES, 'variables');
  KNOWN.set(source, variables);
  return variables;
}

/** Many services may name the same file. */
const KNOWN = new WeakMap<Source, readonly Variable[]>();

/** The text up to the first quote that only blanks or a comment follow. */
function quotedText(raw: string, quote: string): string | undefined {
  for (let end = raw.indexOf(quote, 1); end >= 0; end = raw.indexOf(quote, end + 1)) {
    let next = end + 1;
    while (next < raw.length && /\s/.test(raw[next]!)) next += 1;
    if (next === raw.length || raw[next] === '#') return raw.slice(1, end);
  }
  return undefined;
}

function plainValue(raw: string): string | undefined {
  const [quote] = raw;
  if (quote === '"' || quote === "'") {
    const inner = quotedText(raw, quote);
    return inner !== undefined && (quote === "'" || !/[$\\]/.test(inner)) ? inner : undefined;
  }
  const plain = withoutComment(raw).trim();
  return plain.includes('$') ? undefined : plain;
}

/** A `#` begins a comment at the start and after a blank. */
function withoutComment(raw: string): string {
  for (let at = raw.indexOf('#'); at >= 0; at = raw.indexOf('#', at + 1))
    if (at === 0 || /\s/.test(raw[at - 1]!)) return raw.slice(0, at);
  return raw;
}
