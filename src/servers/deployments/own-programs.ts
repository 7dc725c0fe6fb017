import type { Surroundings } from '../../files/reading.js';
import { baseName } from '../../files/text-file.js';
import type { Launch, LaunchContext } from './launch.js';
import { onlyMentions, programOf } from './programs.js';
import { importedServer, pythonStarts } from './python-starts.js';

/** Programs that start no server, wherever they are installed. */
const KNOWN: ReadonlySet<string> = new Set(
  'celery flower dramatiq rq rqworker huey_consumer airflow alembic flask django-admin python python3 node npm npx yarn pnpm java nginx caddy redis-server postgres'.split(
    ' ',
  ),
);

/** A path that a project would hold: `./start.sh`, `/entrypoint`, not `/usr/bin/python`. */
export function isOwnScript(word: string): boolean {
  if (/\.(sh|bash)$/.test(word)) return true;
  if (!word.includes('/') || /[:,=]/.test(word)) return false;
  if (/\.\w+$/.test(baseName(word)) || KNOWN.has(baseName(word))) return false;
  return (
    !/^\/(usr\/(s?bin|lib)|s?bin|opt\/venv|cnb)\/|(^|\/)(venv|\.venv|env)\/bin\/|site-packages/.test(word) ||
    /^\/usr\/local\/bin\/[\w-]*(start|run|entrypoint|boot|serve)[\w-]*$/.test(word)
  );
}

/** Whether a program is one that has no use for the operators of a shell among its arguments. */
export const isKnownProgram = (word: string): boolean =>
  isOwnScript(word) ||
  /^(python|pypy)[\d.]*$|\.py$/.test(baseName(word)) ||
  KNOWN.has(baseName(word)) ||
  onlyMentions([word]) ||
  programOf([word]) !== null;

/** Programs that run what a file of theirs describes under a name. */
const TASK_RUNNERS: ReadonlySet<string> = new Set(
  'make just task invoke inv fab doit poe nox tox rake'.split(' '),
);

/** `make uwsgi`: what it runs stands in a file that is not read, whatever it is called. */
export const taskRunner = (words: readonly string[]): string | null =>
  TASK_RUNNERS.has(baseName(words[0] ?? '')) ? words.slice(0, 2).join(' ') : null;

/** What an interpreter, or a program that is no server, starts. */
export function programLaunches(
  texts: readonly string[],
  { python, outer }: Pick<LaunchContext, 'python'> & { readonly outer: Surroundings },
  base: Pick<Launch, 'at' | 'condition' | 'scripts'>,
): readonly Launch[] {
  const other: Launch = { ...base, kind: 'other', program: namedFor(texts) };
  if (!/^(python|pypy)[\d.]*$/.test(baseName(texts[0]!)) && !/\.py$/.test(texts[0]!)) return [other];
  const at = texts.findIndex((text, i) => /\.py$/.test(text) || (i > 0 && texts[i - 1] === '-m'));
  const file = texts[at];
  if (file === undefined || /(^|\/)manage\.py$/.test(file)) return [other];
  const source = python(/\.py$/.test(file) ? file : `${file.replaceAll('.', '/')}.py`);
  const title = source && importedServer(source);
  if (!source || !title) return [other];
  const scripts = [...base.scripts, source];
  const starts = pythonStarts(source, outer);
  if (starts.length > 0)
    return starts.map((start) => ({
      ...base,
      ...start,
      condition: start.condition ?? base.condition,
      scripts,
      kind: 'server',
      program: start.server.name,
      title: start.server.title,
    }));
  return [
    {
      ...base,
      scripts,
      kind: 'unread',
      what: `${source.file}, which starts ${title} by itself`,
      give: 'size it with wcalc plan, and accept it here with --allow-unknown',
    },
  ];
}

/** What people call it: the program, with the script or module that an interpreter runs. */
function namedFor(texts: readonly string[]): string {
  const [first = '', second, third] = texts;
  const name = baseName(first);
  if (!/^(python|pypy|node|ruby|java)/.test(name)) return first;
  return second === '-m' && third
    ? `${name} -m ${third}`
    : second && !second.startsWith('-')
      ? `${name} ${second}`
      : name;
}
