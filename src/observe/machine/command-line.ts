import { SERVERS } from '../../servers/index.js';
import type { Server } from '../../servers/server.js';

/** What a process is to a server, judged by its command line alone. */
export type Role =
  | {
      readonly kind: 'server';
      readonly server: Server;
      /** Of servers whose processes take a title. */
      readonly title: 'master' | 'worker' | null;
      readonly arguments: readonly string[];
    }
  /** A child that Python's multiprocessing spawned, as servers do that do not fork. */
  | { readonly kind: 'spawned' };

const INTERPRETER = /^(python|pypy)[\d.]*t?$/;

/**
 * Recognises `SERVER …`, `python /path/SERVER …`, `python -m SERVER …`, the titles that setproctitle gives, and spawned
 * children. Shells that start a server are not servers. Null for everything else.
 */
export function roleOf(command: readonly string[]): Role | null {
  const [, name, title] = /^(\w+): (master|worker)\b/.exec(command[0] ?? '') ?? [];
  const titled = SERVERS.find((server) => server.name === name);
  if (titled)
    return {
      kind: 'server',
      server: titled,
      title: title as 'master' | 'worker',
      arguments: titleArguments(command[0]!),
    };
  const program = programOf(command);
  if (!program) return null;
  if (program.name === 'multiprocessing.spawn') return { kind: 'spawned' };
  const bare = program.name.replace(/(-script)?(\.py)?$/, '');
  const server = SERVERS.find(
    ({ programs: { name: known, modules, subcommand } }) =>
      (known.test(bare) || modules.includes(program.name)) &&
      (subcommand === undefined || program.arguments[0] === subcommand),
  );
  if (!server) return null;
  const skipped = server.programs.subcommand === undefined ? 0 : 1;
  return { kind: 'server', server, title: null, arguments: program.arguments.slice(skipped) };
}

/** `gunicorn: master [app:app]`: the name in brackets is `proc_name` or the application. */
function titleArguments(title: string): string[] {
  const name = /\[(.*)\]\s*$/.exec(title)?.[1];
  return name ? [name] : [];
}

function programOf(command: readonly string[]): { name: string; arguments: readonly string[] } | null {
  const first = base(command[0] ?? '');
  if (!INTERPRETER.test(first)) return first ? { name: first, arguments: command.slice(1) } : null;
  for (let n = 1; n < command.length; n++) {
    const part = command[n]!;
    if (part === '-m') return { name: command[n + 1] ?? '', arguments: command.slice(n + 2) };
    if (part === '-c')
      return /multiprocessing\.spawn import/.test(command[n + 1] ?? '')
        ? { name: 'multiprocessing.spawn', arguments: [] }
        : null;
    // -W and -X take a value; other options of the interpreter stand alone.
    if (part === '-W' || part === '-X') n++;
    else if (!part.startsWith('-')) return { name: base(part), arguments: command.slice(n + 1) };
  }
  return null;
}

const base = (path: string) => path.slice(path.lastIndexOf('/') + 1);
