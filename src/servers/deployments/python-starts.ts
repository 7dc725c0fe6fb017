import type { OutsideCall } from '../../files/python/frame.js';
import { followModule } from '../../files/python/module.js';
import { type PyValue, toText } from '../../files/python/values.js';
import { type Environment, known, type Reading, type Surroundings, unknown } from '../../files/reading.js';
import type { CommandWord } from '../../files/shell/command-text.js';
import type { Source, Span } from '../../files/text-file.js';
import { SERVERS } from '../index.js';
import type { Server } from '../server.js';

/** A server that a Python file starts by a call, as the command line that says the same. */
interface PythonStart {
  readonly server: Server;
  readonly at: Span;
  readonly args: readonly CommandWord[];
  readonly environment: Environment;
}

/** Servers by the calls that start them. */
const CALLS: ReadonlyMap<string, Server> = new Map(
  SERVERS.flatMap((server) => (server.programs.calls ?? []).map((path) => [path, server] as const)),
);

const MOST_CHARACTERS = 256 * 1024;

/** The one server that running a file starts by such a call; null where there is none, or it is not clear which. */
export function pythonStart(source: Source, outer: Surroundings): PythonStart | null {
  if (source.text.length > MOST_CHARACTERS) return null;
  const lineOf = (offset: number) => source.at(offset).line;
  const { calls, firstError } = followModule(source.text, lineOf, outer, '__main__');
  const starts = calls.filter(({ path }) => CALLS.has(path));
  const [call] = starts;
  if (!call || starts.length > 1 || firstError !== null || !call.given) return null;
  const server = CALLS.get(call.path)!;
  const at = source.at(call.from, call.to);
  const args = wordsOf(call, server, at);
  return args && { server, at, args, environment: without(server.programs.variables, outer.environment) };
}

/** The call's arguments as words; null where one that decides the size cannot be said as a word. */
function wordsOf({ given }: OutsideCall, server: Server, at: Span): readonly CommandWord[] | null {
  const words: CommandWord[] = [];
  const word = (reading: Reading<string>): CommandWord => ({
    parts: [reading.known ? { kind: 'text', text: reading.value } : { kind: 'value', reading, text: '…' }],
    at,
    place: null,
  });
  const [app] = given!.args;
  for (const [name, value] of given!.named) {
    const spec = server.commandLine.settings[name];
    const flag = spec?.flags[0];
    if (!spec || !flag || value.type === 'none') continue;
    if (spec.kind === 'switch') {
      const off = spec.off?.[0];
      if (value.type !== 'bool') {
        if (server.commandLine.sizing.includes(name)) return null;
      } else if (value.value) words.push(word(known(flag, at)));
      else if (off) words.push(word(known(off, at)));
      continue;
    }
    const reading = readingOf(value, at);
    if (!reading.known && !server.commandLine.sizing.includes(name)) continue;
    words.push(word(known(flag, at)), word(reading));
  }
  if (app?.type === 'str') words.push(word(known(app.value, at)));
  return words;
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
