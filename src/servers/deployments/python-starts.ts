import type { OutsideCall } from '../../files/python/frame.js';
import { followModule, MOST_CHARACTERS } from '../../files/python/module.js';
import { type PyValue, toText } from '../../files/python/values.js';
import { type Environment, known, type Reading, type Surroundings, unknown } from '../../files/reading.js';
import type { CommandWord } from '../../files/shell/command-text.js';
import type { Source, Span } from '../../files/text-file.js';
import { lookUp } from '../../text/lookup.js';
import { SERVERS } from '../index.js';
import type { Server } from '../server.js';
import { programOf, servesNothing } from './programs.js';

/** A server that a Python file starts by a call, as the command line that says the same. */
interface PythonStart {
  readonly server: Server;
  readonly at: Span;
  readonly args: readonly CommandWord[];
  readonly environment: Environment;
  /** The condition on which it rests; null where it is certain. */
  readonly condition: string | null;
}

interface StartingCall {
  readonly server: Server;
  /** It serves in the caller's own process. */
  readonly isOneProcess: boolean;
}

/** Servers by the calls that start them. */
const CALLS: ReadonlyMap<string, StartingCall> = new Map(
  SERVERS.flatMap((server) => {
    const { calls = [], callsOfOneProcess = [] } = server.programs.python ?? {};
    const entry = (isOneProcess: boolean) => (path: string) => [path, { server, isOneProcess }] as const;
    return [...calls.map(entry(false)), ...callsOfOneProcess.map(entry(true))];
  }),
);

/** Application servers that are not known otherwise, by the module that a file imports to start them. */
const OTHER_IMPORTS: Readonly<Record<string, string>> = {
  cherrypy: 'Cheroot',
  'cheroot.wsgi': 'Cheroot',
};

const IMPORTS: readonly (readonly [string, RegExp])[] = [
  ...SERVERS.flatMap(({ title, programs }) =>
    (programs.python?.imports ?? []).map((module) => [module, title] as const),
  ),
  ...Object.entries(OTHER_IMPORTS),
].map(([module, title]) => [title, importOf(module)] as const);

/** `import a.b`, `import c, a.b` and `from a.b import c`, but not of a module below `a.b`. */
function importOf(module: string): RegExp {
  const name = module.replaceAll('.', '\\.');
  return new RegExp(
    `^[ \\t]*(from[ \\t]+${name}[ \\t]+import\\b|import[ \\t][\\w., \\t]*\\b${name}\\b(?!\\.))`,
    'm',
  );
}

/** What people call the server that a Python file imports to start it by itself; null where it imports none. */
export const importedServer = ({ text }: Source): string | null =>
  [...IMPORTS, ...OTHER_CALLS].find(([, pattern]) => pattern.test(text))?.[0] ?? null;

/** Calls that start another server, or a program, whatever module they are taken from. */
const OTHER_CALLS: typeof IMPORTS = [
  ...SERVERS.map(
    ({ name, title }) =>
      [
        title,
        new RegExp(
          `\\b(?:run|call|check_call|Popen|system|exec[lv]p?e?)\\s*\\(\\s*(?:["'][^"'\\n]{0,200}["']\\s*,\\s*)?[[(]?\\s*["']${name}[\\s"']`,
        ),
      ] as const,
  ),
  ['a WSGI server', /\bWSGIServer\s*\(/],
  ['aiohttp', /\bweb\.run_app\s*\(/],
];

/** The servers that running a file starts by such calls, each where its branch comes to it; none where one is not clear. */
export function pythonStarts(source: Source, outer: Surroundings): readonly PythonStart[] {
  if (source.text.length > MOST_CHARACTERS) return [];
  const { calls, firstError } = followModule(source, outer, '__main__');
  if (firstError !== null) return [];
  const starts = calls.flatMap((call) => {
    const start = CALLS.get(call.path);
    return start ? [startOf(call, start, source, outer)] : (commandOf(call, source, outer) ?? []);
  });
  const read = starts.filter((start) => start !== null);
  return read.length === starts.length && read.length <= MOST_STARTS ? read : [];
}

/** Nobody writes more of them into one file. */
const MOST_STARTS = 20;

/** Where calls that run a program hold its words: in a list at this place, or one by one from it on. */
const COMMANDS: Readonly<Record<string, { readonly list: number } | { readonly from: number }>> = {
  'subprocess.run': { list: 0 },
  'subprocess.call': { list: 0 },
  'subprocess.check_call': { list: 0 },
  'subprocess.Popen': { list: 0 },
  'os.execv': { list: 1 },
  'os.execve': { list: 1 },
  'os.execvp': { list: 1 },
  'os.execvpe': { list: 1 },
  'os.execl': { from: 1 },
  'os.execlp': { from: 1 },
};

/** The server that a call runs as a program; null where it runs none, as far as is known. */
function commandOf(call: OutsideCall, source: Source, outer: Surroundings): PythonStart | null {
  const where = lookUp(COMMANDS, call.path);
  if (!where || !call.given) return null;
  const { args } = call.given;
  const list = 'list' in where ? args[where.list] : undefined;
  const items = 'list' in where ? (list?.type === 'list' ? list.items : []) : args.slice(where.from);
  const texts = items.map((item) => (item.type === 'str' ? item.value : ''));
  const program = programOf(texts);
  if (!program?.server || servesNothing(program, texts)) return null;
  const at = source.at(call.from, call.to);
  const words = items.slice(program.upTo).map((item) => wordOf(readingOf(item, at), at));
  const { environment } = outer;
  return { server: program.server, at, args: words, environment, condition: call.condition };
}

function startOf(
  call: OutsideCall,
  start: StartingCall,
  source: Source,
  outer: Surroundings,
): PythonStart | null {
  if (!call.given) return null;
  const at = source.at(call.from, call.to);
  const args = wordsOf(call, start, at);
  const { server } = start;
  const environment = without(server.programs.variables, outer.environment);
  return args && { server, at, args, environment, condition: call.condition };
}

/** The call's arguments as words; null where one that decides the size cannot be said as a word. */
function wordsOf(call: OutsideCall, { server, isOneProcess }: StartingCall, at: Span): CommandWord[] | null {
  const [app, ...more] = call.given!.args;
  const { parameters = [] } = server.programs.python!;
  if (more.length > parameters.length && !isOneProcess) return null;
  const named = new Map(call.given!.named);
  for (const [i, value] of more.entries()) if (parameters[i]) named.set(parameters[i], value);
  const words: CommandWord[] = [];
  for (const name of Object.keys(server.commandLine.settings)) {
    const said = isOneProcess
      ? inOneProcess(name, more.length > 0, named, server, at)
      : argumentWords(name, named.get(name), server, at);
    if (said === null) return null;
    words.push(...said);
  }
  if (app?.type === 'str') words.push(wordOf(known(app.value, at), at));
  return words;
}

/** One argument as words, none where it says nothing. */
function argumentWords(
  name: string,
  value: PyValue | undefined,
  { commandLine, programs }: Server,
  at: Span,
): CommandWord[] | null {
  const spec = commandLine.settings[name]!;
  const [flag] = spec.flags;
  if (!value || flag === undefined || value.type === 'none') return [];
  if (spec.kind === 'switch') {
    const off = spec.off?.[0];
    if (value.type !== 'bool') return commandLine.sizing.includes(name) ? null : [];
    const written = value.value ? flag : off;
    return written === undefined ? [] : [wordOf(known(written, at), at)];
  }
  const reading = constantOf(value, programs, at) ?? readingOf(value, at);
  if (!reading.known && !commandLine.sizing.includes(name)) return [];
  return [wordOf(known(flag, at), at), wordOf(reading, at)];
}

/** What a call sets where the caller's own process serves: one worker; what an object beside the application sets is not known. */
function inOneProcess(
  name: string,
  hasMore: boolean,
  named: ReadonlyMap<string, PyValue>,
  server: Server,
  at: Span,
): CommandWord[] | null {
  const [flag] = server.commandLine.settings[name]!.flags;
  if (name === 'workers' && flag !== undefined)
    return [wordOf(known(flag, at), at), wordOf(known('1', at), at)];
  if (!hasMore || flag === undefined || !server.commandLine.sizing.includes(name))
    return argumentWords(name, named.get(name), server, at);
  const open = unknown('the object that holds the settings is not followed', at);
  return [wordOf(known(flag, at), at), wordOf(open, at)];
}

const wordOf = (reading: Reading<string>, at: Span): CommandWord => ({
  parts: [reading.known ? { kind: 'text', text: reading.value } : { kind: 'value', reading, text: '…' }],
  at,
  place: null,
});

/** A constant of the server's own, such as granian.constants.Interfaces.WSGI, is named as the option's value is. */
function constantOf(value: PyValue, { python }: Server['programs'], at: Span): Reading<string> | null {
  if (value.type !== 'name') return null;
  const [root] = value.path.split('.');
  const isOwn = python!.imports.some((module) => module.split('.')[0] === root);
  return isOwn ? known(value.path.slice(value.path.lastIndexOf('.') + 1).toLowerCase(), at) : null;
}

function readingOf(value: PyValue, at: Span): Reading<string> {
  if (value.type === 'unknown') return unknown(value.why, at);
  if (value.type === 'name') return unknown(`${value.path} is not evaluated`, at);
  const text = toText(value);
  return text === undefined
    ? unknown(`a ${value.type} is not evaluated`, at)
    : known(text, at, value.provenance);
}

/** A call reads none of the variables that stand for options. */
function without(prefix: string | undefined, environment: Environment): Environment {
  if (prefix === undefined) return environment;
  return {
    ...environment,
    get: (name) => (name.startsWith(prefix) ? undefined : environment.get(name)),
  };
}
