import { type CommandText, type CommandWord, literal, placedCommands, scriptOf } from './command-text.js';
import { baseName, type Span } from './source.js';

/** Gunicorn as a command line starts it. */
export interface GunicornCommand {
  /** The word `gunicorn`. */
  readonly at: Span;
  /** The words after it. */
  readonly args: readonly CommandWord[];
  /** `NAME=value` words before it. */
  readonly assignments: readonly { readonly name: string; readonly value: CommandWord }[];
}

export type Start =
  | { readonly kind: 'gunicorn'; readonly command: GunicornCommand }
  /** Something else is started; `program` names it for people. */
  | { readonly kind: 'other'; readonly program: string }
  | { readonly kind: 'unreadable'; readonly why: string };

/** Programs whose arguments may name gunicorn without starting it. */
const MENTIONS = new Set(
  'pip pip3 apt apt-get apk yum dnf conda echo printf pgrep pkill killall which command type cat grep tail test [ [[ systemctl service supervisorctl pidof rm chown chmod mkdir touch ls cd export set source .'.split(
    ' ',
  ),
);
const SHELLS = new Set(['sh', 'bash', 'ash', 'dash', 'zsh', 'ksh']);
const ASSIGNMENT = /^([A-Za-z_]\w*)=/;
const MAX_NESTING = 4;

/** Finds how a command text starts Gunicorn, through wrappers, `sh -c` and `python -m`. */
export function findGunicorn(command: CommandText, depth = 0): Start {
  const commands = placedCommands(command);
  if (!commands) return { kind: 'unreadable', why: 'its quotes do not match' };
  const assignments: GunicornCommand['assignments'][number][] = [];
  let program: string | undefined;
  for (const { words } of commands) {
    const start = startOf(words, depth, assignments);
    if (start?.kind === 'gunicorn') return start;
    const first = words.find((word) => !ASSIGNMENT.test(literalStart(word)));
    if (!first && words.length > 0) assignments.push(...words.map(assignmentOf));
    else if (literal(words[0]) === 'export')
      assignments.push(...words.slice(1).filter(isAssignment).map(assignmentOf));
    const name = literal(first);
    if (name !== undefined && !MENTIONS.has(baseName(name)))
      program = start?.kind === 'other' ? start.program : name;
  }
  return {
    kind: 'other',
    program: program ?? literal(commands.at(-1)?.words[0]) ?? 'a command that is not known',
  };
}

function startOf(
  words: readonly CommandWord[],
  depth: number,
  earlier: GunicornCommand['assignments'],
): Start | undefined {
  const first = words.findIndex((word) => !isAssignment(word));
  if (first < 0) return undefined;
  const name = literal(words[first]);
  if (name !== undefined && MENTIONS.has(baseName(name))) return undefined;
  const assignments = [
    ...earlier,
    ...words.filter((word, i) => isAssignment(word) && i < gunicornIndex(words)).map(assignmentOf),
  ];
  const script = shellScript(words, first);
  if (script && depth < MAX_NESTING) {
    const inner = findGunicorn(script, depth + 1);
    if (inner.kind !== 'gunicorn') return inner;
    return {
      kind: 'gunicorn',
      command: { ...inner.command, assignments: [...assignments, ...inner.command.assignments] },
    };
  }
  const at = gunicornIndex(words);
  if (at >= words.length) return undefined;
  return { kind: 'gunicorn', command: { at: words[at]!.at, args: words.slice(at + 1), assignments } };
}

const isAssignment = (word: CommandWord): boolean => ASSIGNMENT.test(literalStart(word));

const literalStart = (word: CommandWord): string =>
  word.parts[0]?.kind === 'text' ? word.parts[0].text : '';

function assignmentOf(word: CommandWord): GunicornCommand['assignments'][number] {
  const [head, ...rest] = word.parts;
  const text = head?.kind === 'text' ? head.text : '';
  const cut = text.indexOf('=');
  const value = { ...word, parts: [{ kind: 'text' as const, text: text.slice(cut + 1) }, ...rest] };
  return { name: text.slice(0, cut), value };
}

/** Index of the word that is gunicorn itself; past the end where there is none. */
function gunicornIndex(words: readonly CommandWord[]): number {
  const index = words.findIndex((word, i) => {
    const text = literal(word);
    if (text === undefined) return false;
    if (text === 'gunicorn' && literal(words[i - 1]) === '-m') return true;
    return /^gunicorn(3|\.exe)?$/.test(baseName(text)) && !literal(words[i - 1])?.startsWith('-');
  });
  return index < 0 ? words.length : index;
}

/** The script of `sh -c '…'`. */
function shellScript(words: readonly CommandWord[], first: number): CommandText | undefined {
  const shell = words.findIndex((word, i) => i >= first && SHELLS.has(baseName(literal(word) ?? '')));
  if (shell < 0 || shell > gunicornIndex(words)) return undefined;
  let at = shell + 1;
  while (/^-[a-z]*$/.test(literal(words[at]) ?? '') && !literal(words[at])!.includes('c')) at += 1;
  const flag = literal(words[at]);
  if (!flag || !/^-[a-z]*c$/.test(flag)) return undefined;
  const script = words[at + 1];
  if (!script?.place) return undefined;
  return { kind: 'line', text: scriptOf(script), isShell: true, variables: 'shell', place: script.place };
}
