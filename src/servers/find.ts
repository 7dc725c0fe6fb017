import {
  type CommandText,
  type CommandWord,
  literal,
  placedCommands,
  scriptOf,
} from '../files/shell/command-text.js';
import { type Assignment, assignmentsIn, isAssignment, withoutKeywords } from '../files/shell/flow.js';
import { baseName, type Span } from '../files/text-file.js';
import { SERVERS } from './index.js';
import type { Server } from './server.js';

/** A server as a command line starts it. */
export interface ServerCommand {
  readonly server: Server;
  /** The word that names it. */
  readonly at: Span;
  /** The words after it. */
  readonly args: readonly CommandWord[];
  /** Variables that are set before it, in order. */
  readonly assignments: readonly Assignment[];
  /** Other places of the same text that start a server; which one runs is not followed. */
  readonly others: readonly Span[];
}

export type Start =
  | { readonly kind: 'server'; readonly command: ServerCommand }
  /** Something else is started. `program` names it for people, `words` are all words without variables, by command. */
  | {
      readonly kind: 'other';
      readonly program: string;
      readonly words: readonly string[];
      readonly commands: readonly (readonly string[])[];
    }
  | { readonly kind: 'unreadable'; readonly why: string };

/** Programs whose arguments may name a server without starting it. */
const MENTIONS = new Set(
  'pip pip3 apt apt-get apk yum dnf conda echo printf pgrep pkill killall which type cat grep tail test [ [[ systemctl service supervisorctl pidof rm chown chmod mkdir touch ls cd export set source . : alias sed awk curl nc'.split(
    ' ',
  ),
);
/** Programs that start another, named for people by what they start. */
const STARTERS = new Set(['exec', 'tini', 'dumb-init', 'env', 'nohup', 'sudo', 'time', 'nice']);
const SHELLS = new Set(['sh', 'bash', 'ash', 'dash', 'zsh', 'ksh']);
/** Runs of a server that serve nothing. */
const NOT_SERVING = new Set(['--version', '-v', '--help', '-h', '--check-config', '--print-config']);
const MAX_NESTING = 4;

/** Finds how a command text starts a server, through wrappers, `sh -c` and `python -m`. The last start is taken. */
export function findServer(text: CommandText, nesting = 0): Start {
  const commands = placedCommands(text);
  if (!commands) return { kind: 'unreadable', why: 'its quotes do not match' };
  const assignments: Assignment[] = [];
  const found: ServerCommand[] = [];
  const started: (readonly string[])[] = [];
  let program: string | undefined;
  let depth = 0;
  for (const placed of commands) {
    const flow = withoutKeywords(placed.words, depth);
    depth = flow.depth;
    const start = startOf(flow.words, nesting, assignments);
    if (start?.kind === 'server') found.push(start.command);
    assignments.push(...assignmentsIn(flow.words, depth > 0));
    const name = programIn(flow.words);
    started.push(flow.words.filter((word) => !isAssignment(word)).flatMap((word) => literal(word) ?? []));
    if (start?.kind === 'other') started.push(...start.commands);
    if (name !== undefined && !MENTIONS.has(baseName(name)))
      program = start?.kind === 'other' ? start.program : name;
  }
  const last = found.pop();
  if (last)
    return { kind: 'server', command: { ...last, others: [...last.others, ...found.map(({ at }) => at)] } };
  const words = started.flat();
  const isMention = (command: readonly string[]) => MENTIONS.has(baseName(command[0] ?? ''));
  return {
    kind: 'other',
    program: program ?? words[0] ?? 'a command that is not known',
    words,
    commands: started.filter((command) => !isMention(command)),
  };
}

/** What a command runs in the end, past programs that only start others. */
function programIn(words: readonly CommandWord[]): string | undefined {
  const names = words.filter((word) => !isAssignment(word)).flatMap((word) => literal(word) ?? []);
  const isPassedOver = (name: string) => STARTERS.has(baseName(name)) || name.startsWith('-');
  return names.find((name) => !isPassedOver(name)) ?? names[0];
}

function startOf(
  words: readonly CommandWord[],
  nesting: number,
  earlier: readonly Assignment[],
): Exclude<Start, { kind: 'unreadable' }> | undefined {
  const first = words.findIndex((word) => !isAssignment(word));
  if (first < 0) return undefined;
  const { index: at, server } = serverAt(words);
  const before = words.slice(first, at === words.length ? first + 1 : at);
  if (before.some((word) => MENTIONS.has(baseName(literal(word) ?? '')))) return undefined;
  const own = assignmentsIn(words.slice(0, at), false);
  const script = shellScript(words, first);
  if (script && nesting < MAX_NESTING) {
    const inner = findServer(script, nesting + 1);
    if (inner.kind === 'unreadable') return undefined;
    if (inner.kind === 'other') return inner;
    return {
      kind: 'server',
      command: { ...inner.command, assignments: [...earlier, ...own, ...inner.command.assignments] },
    };
  }
  if (!server) return undefined;
  const args = words.slice(at + 1);
  if (args.some((word) => NOT_SERVING.has(literal(word) ?? ''))) return undefined;
  return {
    kind: 'server',
    command: { server, at: words[at]!.at, args, assignments: [...earlier, ...own], others: [] },
  };
}

/** The word that is a server's program or module; its index is past the end where there is none. */
function serverAt(words: readonly CommandWord[]): { readonly index: number; readonly server: Server | null } {
  for (const [index, word] of words.entries()) {
    const text = literal(word);
    if (text === undefined) continue;
    const before = literal(words[index - 1]);
    const isValue = before !== '--' && before?.startsWith('-');
    const server = SERVERS.find(({ programs: { name, modules } }) =>
      before === '-m' ? modules.includes(text) : name.test(baseName(text)) && !isValue,
    );
    if (server) return { index, server };
  }
  return { index: words.length, server: null };
}

/** The script of `sh -c '…'`. */
function shellScript(words: readonly CommandWord[], first: number): CommandText | undefined {
  const shell = words.findIndex((word, i) => i >= first && SHELLS.has(baseName(literal(word) ?? '')));
  if (shell < 0 || shell > serverAt(words).index) return undefined;
  let at = shell + 1;
  while (/^-[a-z]*$/.test(literal(words[at]) ?? '') && !literal(words[at])!.includes('c')) at += 1;
  const flag = literal(words[at]);
  if (!flag || !/^-[a-z]*c$/.test(flag)) return undefined;
  const script = words[at + 1];
  if (!script?.place) return undefined;
  return { kind: 'line', text: scriptOf(script), isShell: true, variables: 'shell', place: script.place };
}
