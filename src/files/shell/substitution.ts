import type { AndOr, Command, PipelineNode, Script } from 'unbash';
import { both, known, PLAIN, type Reading, unknown } from '../reading.js';
import { directoryOf, type Span } from '../text-file.js';
import { literal } from './command-text.js';
import { expandWords } from './expand.js';
import type { ShellState } from './state.js';

/** What `$( … )` prints, for the few commands whose answer is known without running them. */
export function substituted(
  script: Script | undefined,
  text: string,
  state: ShellState,
  at: Span,
): Reading<string> {
  const shown = text.length > 40 ? `${text.slice(0, 39)}…` : text;
  const open = unknown(`${shown} is not run`, at);
  if (isOwnDirectory(text)) return known(directoryOf(at.file) || '.', at);
  const [statement, ...more] = script?.commands ?? [];
  if (!statement || more.length > 0) return open;
  const commands = pipeline(statement.command);
  if (!commands) return open;
  const lines = commands.map((command) => wordsOf(command, state));
  const [first = [], second, third] = lines;
  if (commands.length === 1) {
    if (isCpuCount(first)) return cpuCount(state, at);
    const program = askedFor(first);
    if (program !== undefined) return { ...open, program };
    return printedBy(first, commands[0]!, state, at) ?? open;
  }
  const counts = [second, third].some((line) => line?.[0] === 'wc' && line[1] === '-l');
  const isCpuList = lines.some((line) => line.includes('/proc/cpuinfo')) && counts;
  if (isCpuList || (isCpuCount(first) && lines.slice(1).every((line) => line[0] === 'cat')))
    return cpuCount(state, at);
  return second?.[0] === 'bc' ? (calculated(commands[0]!, state, at) ?? open) : open;
}

const OWN_DIRECTORY_WORD =
  /^(cd|pwd|dirname|readlink|realpath|-[efPL]|--|&&|\d?&?>|\/dev\/null|2>&1|\$0|\$\{?BASH_SOURCE(\[0\]|\[\d\])?\}?|\$\{0\})$/;

/** `$(dirname "$0")`, `$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)`: the directory of the script. */
function isOwnDirectory(text: string): boolean {
  const words = text.length > 200 ? [] : text.split(/\$\(|[)`"'\s]+/).filter((word) => word !== '');
  return (
    words.filter((word) => word === 'dirname').length === 1 &&
    words.some((word) => /^\$(0|\{)|BASH_SOURCE/.test(word)) &&
    words.every((word) => OWN_DIRECTORY_WORD.test(word))
  );
}

function pipeline(node: PipelineNode | AndOr): readonly Command[] | null {
  // `nproc || echo 2`: the first is taken to succeed.
  if (node.type === 'AndOr')
    return node.operators.every((operator) => operator === '||') ? pipeline(node.commands[0]!) : null;
  if (node.type === 'Command') return [node];
  if (node.type !== 'Pipeline' || node.prefixes.length > 0) return null;
  const commands = node.commands.filter((command) => command.type === 'Command');
  return commands.length === node.commands.length ? commands : null;
}

const wordsOf = (command: Command, state: ShellState): readonly string[] =>
  [...(command.name ? [command.name] : []), ...command.suffix.filter((part) => part.type === 'Word')]
    .flatMap((word) => expandWords(word, state))
    .map((word) => literal(word) ?? '');

function isCpuCount(words: readonly string[]): boolean {
  const [name = '', ...rest] = words;
  if (name === 'nproc') return true;
  if (name === 'getconf') return /^_?NPROCESSORS_(ONLN|CONF)$/.test(rest[0] ?? '');
  if (name === 'grep') return rest.includes('/proc/cpuinfo') && rest.some((word) => /^-\w*c/.test(word));
  if (!/^python[\d.]*$/.test(name)) return false;
  const script = rest[rest.indexOf('-c') + 1] ?? '';
  return /^(import \w+(\.\w+)?|from \w+ import \w+)\s*;\s*print\(\s*(\w+\.)?(process_)?cpu_count\(\)\s*\)\s*;?$/.test(
    script.trim(),
  );
}

/** `command -v uwsgi`, `which gunicorn`: the program whose path is asked for. */
function askedFor(words: readonly string[]): string | undefined {
  const [first, second] = words;
  return first === 'which' || (first === 'command' && /^-[vV]$/.test(second ?? ''))
    ? words.at(-1)
    : undefined;
}

function cpuCount({ run }: ShellState, at: Span): Reading<string> {
  const count = run.outer.cpuCount;
  return count
    ? known(String(count.value), at, { cpuCount: true, assumes: count.assumes })
    : unknown('the CPU count is not known: give --cores or --machine-cores', at);
}

/** `echo`, `printf %s`, `expr`. */
function printedBy(
  words: readonly string[],
  command: Command,
  state: ShellState,
  at: Span,
): Reading<string> | null {
  const expanded = command.suffix
    .filter((part) => part.type === 'Word')
    .flatMap((word) => expandWords(word, state));
  if (words[0] === 'echo') {
    const args = words[1] === '-n' || words[1] === '-e' ? expanded.slice(1) : expanded;
    return joinedText(args, at);
  }
  if (words[0] === 'expr') return sum(joinedText(expanded, at), at);
  return null;
}

/** `echo "2 * $(nproc) + 1" | bc`. */
function calculated(echo: Command, state: ShellState, at: Span): Reading<string> | null {
  const args = echo.suffix.filter((part) => part.type === 'Word').flatMap((word) => expandWords(word, state));
  return literalName(echo) === 'echo' ? sum(joinedText(args, at), at) : null;
}

const literalName = ({ name }: Command): string | undefined => name?.value;

function joinedText(words: ReturnType<typeof expandWords>, at: Span): Reading<string> {
  const parts = words.flatMap((word, i) =>
    i > 0 ? [{ kind: 'text' as const, text: ' ' }, ...word.parts] : word.parts,
  );
  let text = '';
  let from = PLAIN;
  for (const part of parts) {
    if (part.kind === 'text') text += part.text;
    else if (part.kind === 'value' && part.reading.known) {
      text += part.reading.value;
      from = both(from, part.reading);
    } else return part.kind === 'value' && !part.reading.known ? part.reading : unknown('it is not run', at);
  }
  return known(text, at, from);
}

/** A sum of products of whole numbers, with parentheses. */
function sum(reading: Reading<string>, at: Span): Reading<string> {
  if (!reading.known) return reading;
  const value = wholeArithmetic(reading.value);
  return value === null ? unknown('this arithmetic is not followed', at) : known(String(value), at, reading);
}

/** `2 * (4 + 1)` in whole numbers; null where it is anything else. */
function wholeArithmetic(text: string): number | null {
  const tokens = text.length > 100 ? null : text.match(/\d+|[-+*/%()]|\S/g);
  if (!tokens || tokens.some((token) => !/^(\d+|[-+*/%()])$/.test(token))) return null;
  let at = 0;
  const factor = (): number => {
    const token = tokens[at++];
    if (token === '-') return -factor();
    if (token !== '(') return token !== undefined && /^\d+$/.test(token) ? Number(token) : Number.NaN;
    const value = terms();
    return tokens[at++] === ')' ? value : Number.NaN;
  };
  const product = (): number => {
    let value = factor();
    while (/^[*/%]$/.test(tokens[at] ?? '')) {
      const operator = tokens[at++];
      const next = factor();
      value = operator === '*' ? value * next : operator === '/' ? Math.trunc(value / next) : value % next;
    }
    return value;
  };
  const terms = (): number => {
    let value = product();
    while (tokens[at] === '+' || tokens[at] === '-') value += tokens[at++] === '+' ? product() : -product();
    return value;
  };
  const value = terms();
  return at === tokens.length && Number.isSafeInteger(value) ? value : null;
}
