import { readDotenv } from '../dotenv.js';
import { findFile, type Load } from '../find-file.js';
import { known, type Reading, unknown } from '../reading.js';
import { type CommandText, placedCommands } from '../shell/command-text.js';
import { type Part, splitWords } from '../shell/words.js';
import { baseName, directoryOf, type Source, type Span } from '../text-file.js';
import { EMPTY_SERVICE, type ReaderContext, type ServiceReading, type Variable } from './service.js';

interface Entry {
  readonly source: Source;
  readonly key: string;
  readonly value: string;
  readonly from: number;
  readonly to: number;
}

/** Whether a path is one of a drop-in: `web.service.d/override.conf`. */
export const isDropIn = (file: string): boolean => /\.service\.d\/[^/]+\.conf$/.test(file);

/** A systemd service unit with its drop-ins: what it starts, its variables and its limits. */
export function readSystemd(
  source: Source,
  dropIns: readonly Source[],
  { load, dotenv }: Pick<ReaderContext, 'load' | 'dotenv'>,
): readonly ServiceReading[] {
  const name = baseName(source.file);
  const template = name.replace(/@[^.]*\.service$/, '@.service');
  const own = dropIns.filter(({ file }) =>
    [`${name}.d`, `${template}.d`].includes(baseName(directoryOf(file))),
  );
  const entries: Entry[] = [];
  for (const one of [source, ...own]) addEntries(one, entries);
  const instance = instanceOf(name);
  const last = (key: string) => entries.findLast((entry) => entry.key === key);
  const start = last('ExecStart');
  if (!start?.value) return [];
  const files = entries
    .filter(({ key }) => key === 'EnvironmentFile')
    .map((entry) => environmentFile(entry, instance, source, load));
  const missing = files.find(({ found }) => found === null);
  return [
    {
      ...EMPTY_SERVICE,
      name,
      platform: 'systemd',
      file: source.file,
      at: start.source.at(start.from, start.to),
      command: commandOf(start, name),
      environment: [
        ...(missing ? dotenv : []),
        ...entries
          .filter(({ key }) => key === 'Environment')
          .flatMap((entry) => variablesOf(entry, instance))
          .map((variable) => (missing ? maybeSetAnew(variable, missing.path) : variable)),
        ...files.flatMap(({ found }) => (found ? readDotenv(found) : [])),
      ],
      environmentIncomplete: missing ? `EnvironmentFile=${missing.path}, which was not given` : null,
      resources: {
        ...EMPTY_SERVICE.resources,
        cpuLimit: limit(last('CPUQuota'), (text) =>
          /^[\d.]+%$/.test(text) ? Number.parseFloat(text) / 100 : null,
        ),
        memoryLimitMiB: limit(last('MemoryMax') ?? last('MemoryLimit') ?? last('MemoryHigh'), sizeMiB),
      },
      stopGraceSeconds: limit(last('TimeoutStopSec') ?? last('TimeoutSec'), seconds),
    },
  ];
}

/** What `EnvironmentFile` sets wins over `Environment` (systemd.exec, Environment). */
const maybeSetAnew = ({ name, value }: Variable, file: string): Variable => ({
  name,
  value: unknown(`${name} may be set anew by EnvironmentFile=${file}, which was not given`, value.at, name),
});

/** The file of variables that an entry names, where the project holds it. */
function environmentFile(
  { value }: Entry,
  instance: string | null,
  unit: Source,
  load: Load,
): { readonly path: string; readonly found: Source | null } {
  const path = withInstance(value.replace(/^-/, ''), instance);
  return { path, found: findFile(path, unit.file, [], load) };
}

/** Adds the entries of a file to those before it. */
function addEntries(source: Source, entries: Entry[]): void {
  const lines = source.text.split('\n');
  let section = '';
  let offset = 0;
  for (let i = 0; i < lines.length; i += 1) {
    const first = lines[i]!;
    const from = offset;
    offset += first.length + 1;
    if (/^\s*[#;]/.test(first)) continue;
    const pieces = [first.replace(/\r$/, '')];
    while (pieces.at(-1)!.endsWith('\\') && i + 1 < lines.length) {
      i += 1;
      const next = lines[i]!;
      offset += next.length + 1;
      pieces.push(next.replace(/\r$/, ''));
    }
    const text = pieces.join('\n');
    section = /^\s*\[(.+)\]\s*$/.exec(text)?.[1] ?? section;
    const match = /^(\s*([A-Za-z]+)\s*=\s*)([\s\S]*)$/.exec(text);
    if (!match || (section !== 'Service' && section !== '')) continue;
    const [, lead = '', key = '', value = ''] = match;
    // An empty value takes back what came before, as in a drop-in.
    if (value.trim() === '') dropKey(entries, key);
    else
      entries.push({
        source,
        key,
        value: value.trimEnd(),
        from: from + lead.length,
        to: from + text.trimEnd().length,
      });
  }
}

function dropKey(entries: Entry[], key: string): void {
  for (let i = entries.length - 1; i >= 0; i -= 1) if (entries[i]!.key === key) entries.splice(i, 1);
}

/** `-@:+!` before the program change how it is run, not what. */
function commandOf(start: Entry, unit: string): CommandText {
  const { source } = start;
  const prefix = /^[-@:+!|]*/.exec(start.value)![0].length;
  const from = start.from + prefix;
  const text = start.value.slice(prefix);
  const line: CommandText = {
    kind: 'line',
    text,
    isShell: false,
    variables: 'shell',
    place: { source, from, to: start.to },
  };
  const words = /%[iI]/.test(text) ? placedCommands(line)?.[0]?.words : undefined;
  if (!words) return line;
  return {
    kind: 'words',
    words: words.map((word) => ({
      ...word,
      parts: word.parts.flatMap((part) => filled(part, unit, word.at)),
    })),
  };
}

/** What stands between `@` and the suffix: of `web@blue.service` blue; null where the unit has no instance. */
const instanceOf = (unit: string): string | null => /@(.+)\.service$/.exec(unit)?.[1] ?? null;

/** `%i` is the instance; `%I` is it without its escapes, and so the same where it has none. */
function withInstance(text: string, instance: string | null): string {
  if (instance === null) return text;
  const plain = /[-\\]/.test(instance) ? text : text.replaceAll('%I', instance);
  return plain.replaceAll('%i', instance);
}

/** A part of a word with its instance, which the name of a template leaves open. */
function filled(part: Part, unit: string, at: Span): readonly Part[] {
  if (part.kind !== 'text') return [part];
  const pieces = withInstance(part.text, instanceOf(unit)).split(/(%[iI])/);
  return pieces.flatMap((piece): Part[] => {
    if (!/^%[iI]$/.test(piece)) return piece === '' ? [] : [{ kind: 'text', text: piece }];
    const reading = unknown(`${piece} is the instance, which the name ${unit} does not say`, at);
    return [{ kind: 'value', reading, text: piece }];
  });
}

function variablesOf(entry: Entry, instance: string | null): Variable[] {
  const { source } = entry;
  const words = splitWords(entry.value) ?? [];
  return words.flatMap(({ parts, from, to }): Variable[] => {
    const text = parts.map((part) => (part.kind === 'text' ? part.text : '')).join('');
    const match = /^([A-Za-z_]\w*)=([\s\S]*)$/.exec(text);
    if (!match) return [];
    const [, name = '', written = ''] = match;
    const value = withInstance(written, instance);
    const quote = /^["']/.test(entry.value.slice(from)) ? 1 : 0;
    const start = entry.from + from + quote + name.length + 1;
    const at = source.at(start, Math.max(start + 1, entry.from + to - quote));
    const isSpecifier = /%[a-zA-Z]/.test(value);
    return [
      { name, value: isSpecifier ? unknown('its % specifiers are not filled in', at) : known(value, at) },
    ];
  });
}

function limit(entry: Entry | undefined, parse: (text: string) => number | null): Reading<number> | null {
  if (!entry || entry.value === 'infinity') return null;
  const at = entry.source.at(entry.from, entry.to);
  const value = parse(entry.value.trim());
  return value === null || !Number.isFinite(value)
    ? unknown(`${entry.key}=${entry.value.slice(0, 40)} is not read`, at)
    : known(value, at);
}

/** K, M, G and T are powers of 1024. */
function sizeMiB(text: string): number | null {
  const match = /^(\d+(?:\.\d+)?)\s*([KMGT]?)B?$/i.exec(text);
  if (!match) return null;
  const power = { '': 0, K: 1, M: 2, G: 3, T: 4 }[match[2]!.toUpperCase()] ?? 0;
  return (Number(match[1]) * 1024 ** power) / 1024 ** 2;
}

function seconds(text: string): number | null {
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text);
  const units: Readonly<Record<string, number>> = { ms: 1e-3, s: 1, sec: 1, m: 60, min: 60, h: 3600 };
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)\s*([a-z]+)\s*/g)];
  if (parts.length === 0 || parts.map(([whole]) => whole).join('') !== text) return null;
  const values = parts.map(([, number, unit]) => Number(number) * (units[unit!] ?? Number.NaN));
  return values.reduce((a, b) => a + b, 0);
}
