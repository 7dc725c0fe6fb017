import type { Variable } from './platforms/service.js';
import { known, unknown } from './reading.js';
import type { Source } from './text-file.js';

const LINE = /^(\s*(?:export\s+)?)([A-Za-z_][\w.-]*)(\s*=\s*)(.*)$/;

/** The variables of an `.env` file: `NAME=value`, quotes and comments as Compose and python-dotenv read them. */
export function readDotenv(source: Source): readonly Variable[] {
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
  return variables;
}

function plainValue(raw: string): string | undefined {
  const quoted = /^(["'])(.*?)\1\s*(#.*)?$/.exec(raw);
  if (quoted) return quoted[1] === "'" || !/[$\\]/.test(quoted[2]!) ? quoted[2] : undefined;
  if (/^["']/.test(raw)) return undefined;
  const plain = raw.replace(/(^|\s+)#.*$/, '').trim();
  return plain.includes('$') ? undefined : plain;
}
