import { known, type Reading, type Scalar, unknown } from '../../files/reading.js';
import { splitWords } from '../../files/shell/words.js';
import type { Source, Span } from '../../files/text-file.js';
import type { Lookup, StartReading, StartText } from '../manual.js';
import { readFile, readLine } from '../settings/read-line.js';
import { DIRECTIVE_THREADS, modWsgi } from './index.js';

/** What a start of mod_wsgi-express sets. */
export function readStart(start: StartText): StartReading {
  return { ...readLine(modWsgi.commandLine, start), unknownFlags: [] };
}

const DIRECTIVE = /^[ \t]*WSGIDaemonProcess[ \t]+(.+?)[ \t]*$/gim;
/** Clients that Apache holds at once; MaxClients is its name before 2.4. */
const CLIENTS = /^[ \t]*(?:MaxRequestWorkers|MaxClients)[ \t]+(\S+)/gim;
const DEFINE = /^[ \t]*Define[ \t]+(\w+)[ \t]+(\S+)/gim;

/** A fragment of Apache's configuration that starts daemon processes. */
export const isApacheFragment = ({ text, file, alias }: Source): boolean =>
  !/\.(sh|py|md|rst|ya?ml)$/.test(alias ?? file) && text.search(DIRECTIVE) >= 0;

/** Each `WSGIDaemonProcess NAME key=value …` of a file is a server of its own. */
export function readAlone(source: Source, _outer: unknown, lookup: Lookup): readonly StartReading[] {
  if (!isApacheFragment(source)) return [];
  lookup.used(source);
  // A line may go on after a backslash: the places before it stay as they are.
  const text = source.text.replace(/\\\r?\n/g, (broken) => ' '.repeat(broken.length));
  const defined = new Map([...text.matchAll(DEFINE)].map(([, name = '', value = '']) => [name, value]));
  const clients = clientsIn(text, source, defined);
  return [...text.matchAll(DIRECTIVE)].map(({ 0: whole, 1: rest = '', index }) => {
    const from = index + whole.indexOf(rest);
    const group = groupOf(rest, from, source, defined);
    if (clients && !group.settings.has('max_clients')) group.settings.set('max_clients', clients);
    const { name, settings } = group;
    return { ...(name !== null && { name }), ...readFile(source, settings) };
  });
}

type Defined = ReadonlyMap<string, string>;

/** The words of a directive: its group's name and what it sets. */
function groupOf(rest: string, from: number, source: Source, defined: Defined) {
  const settings = new Map<string, Reading<Scalar>>();
  const [first, ...words] = splitWords(rest) ?? [];
  for (const word of words) {
    const written = rest.slice(word.from, word.to).replace(/^(["'])(.*)\1$/s, '$2');
    const [, key = '', raw = ''] = /^([\w-]+)=([\s\S]*)$/.exec(written) ?? [];
    const name = key === 'processes' ? 'workers' : key.replaceAll('-', '_');
    const at = source.at(from + word.from + key.length + 1, from + word.to);
    if (Object.hasOwn(modWsgi.commandLine.settings, name))
      settings.set(name, filledIn(raw.replace(/^(["'])(.*)\1$/s, '$2'), at, defined));
  }
  if (!settings.has('threads'))
    settings.set('threads', known<Scalar>(DIRECTIVE_THREADS, source.at(from, from + rest.length)));
  const name = first ? rest.slice(first.from, first.to) : '';
  return { name: /^[\w.-]+$/.test(name) ? name : null, settings };
}

/** What a template fills in: `{{ x }}`, `%X%`, `@X@`, `$X`. */
const TEMPLATE = /\{\{|\}\}|\{%|<%|%[A-Z_]{2,}%|@[A-Z_]{2,}@|\$/;

/** `${NAME}` is what `Define` says; Apache may have it from elsewhere too. */
function filledIn(raw: string, at: Span, defined: Defined): Reading<Scalar> {
  const value = raw.replace(/\$\{(\w+)\}/g, (whole, name: string) => defined.get(name) ?? whole);
  return TEMPLATE.test(value)
    ? unknown(`${value.slice(0, 40)} is filled in before Apache reads it, or by its environment`, at)
    : known<Scalar>(value, at);
}

/** Null where it is not set, or set for several kinds of Apache at once. */
function clientsIn(text: string, source: Source, defined: Defined): Reading<Scalar> | null {
  const [only, ...more] = [...text.matchAll(CLIENTS)];
  if (!only || more.length > 0) return null;
  const from = only.index + only[0].length - only[1]!.length;
  return filledIn(only[1]!, source.at(from, from + only[1]!.length), defined);
}
