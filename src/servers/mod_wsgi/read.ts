import { known, type Reading, type Scalar, unknown } from '../../files/reading.js';
import { splitWords } from '../../files/shell/words.js';
import type { Source } from '../../files/text-file.js';
import { FILE_LAYER } from '../deployments/deployment.js';
import type { Lookup, StartReading, StartText } from '../manual.js';
import { readLine } from '../settings/read-line.js';
import { DIRECTIVE_THREADS, modWsgi } from './index.js';

/** What a start of mod_wsgi-express sets. */
export function readStart(start: StartText): StartReading {
  return { ...readLine(modWsgi.commandLine, start), unknownFlags: [] };
}

const DIRECTIVE = /^[ \t]*WSGIDaemonProcess[ \t]+(.+?)[ \t]*$/im;

/** A fragment of Apache's configuration that starts daemon processes. */
export const isApacheFragment = ({ text }: Source): boolean => DIRECTIVE.test(text);

/** The first `WSGIDaemonProcess NAME key=value …`; further ones are named. */
export function readAlone(source: Source, _outer: unknown, lookup: Lookup): StartReading | null {
  // A line may go on after a backslash: the places before it stay as they are.
  const text = source.text.replace(/\\\r?\n/g, (broken) => ' '.repeat(broken.length));
  const match = DIRECTIVE.exec(text);
  if (!match) return null;
  lookup.used(source);
  const from = match.index + match[0].indexOf(match[1]!);
  const settings = new Map<string, Reading<Scalar>>();
  const words = splitWords(match[1]!) ?? [];
  for (const word of words.slice(1)) {
    const written = word.parts.map((part) => (part.kind === 'text' ? part.text : '')).join('');
    const [, key = '', value = ''] = /^([\w-]+)=([\s\S]*)$/.exec(written) ?? [];
    const name = key === 'processes' ? 'workers' : key.replaceAll('-', '_');
    const at = source.at(from + word.from + key.length + 1, from + word.to);
    if (!Object.hasOwn(modWsgi.commandLine.settings, name)) continue;
    settings.set(name, value.includes('${') ? unknown('Apache fills it in', at) : known<Scalar>(value, at));
  }
  if (!settings.has('threads'))
    settings.set('threads', known<Scalar>(DIRECTIVE_THREADS, source.at(match.index, match.index + 1)));
  const more = text.slice(match.index + match[0].length);
  const next = DIRECTIVE.exec(more);
  return {
    layers: [{ layer: FILE_LAYER, settings, mayAlsoSet: null }],
    app: null,
    unknownFlags: [],
    ignoredNames: [],
    configFile: source.file,
    notes: next
      ? [
          {
            at: source.at(match.index + match[0].length + next.index),
            message: 'a further group of daemon processes; the first one is read',
          },
        ]
      : [],
    assumes: [],
  };
}
