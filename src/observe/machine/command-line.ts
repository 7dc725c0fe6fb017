/** What a process is to a server, judged by its command line alone. */
export type Role =
  | {
      readonly kind: 'gunicorn';
      readonly title: 'master' | 'worker' | null;
      readonly arguments: readonly string[];
    }
  | { readonly kind: 'uvicorn'; readonly arguments: readonly string[] }
  /** A child that Python's multiprocessing spawned, as uvicorn's `--workers` does. */
  | { readonly kind: 'spawned' };

const INTERPRETER = /^(python|pypy)[\d.]*t?$/;

/**
 * Recognises `gunicorn …`, `python /path/gunicorn …`, `python -m gunicorn …`, the titles that setproctitle gives, the same
 * for uvicorn, and spawned children. Shells that start a server are not servers. Null for everything else.
 */
export function roleOf(command: readonly string[]): Role | null {
  const title = /^gunicorn: (master|worker)\b/.exec(command[0] ?? '')?.[1] as 'master' | 'worker' | undefined;
  if (title) return { kind: 'gunicorn', title, arguments: titleArguments(command[0]!) };
  const program = programOf(command);
  if (!program) return null;
  if (/^gunicorn(3|d)?(-script)?(\.py)?$/.test(program.name))
    return { kind: 'gunicorn', title: null, arguments: program.arguments };
  if (program.name === 'uvicorn') return { kind: 'uvicorn', arguments: program.arguments };
  return program.name === 'multiprocessing.spawn' ? { kind: 'spawned' } : null;
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
