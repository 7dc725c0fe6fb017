import type { Assignment, Command } from 'unbash';
import { lookUp } from '../../text/lookup.js';
import { known, templatesOf, unknown } from '../reading.js';
import { assign } from './assignments.js';
import { type CommandWord, literal } from './command-text.js';
import { FAILED, OK, OPEN, testArguments, testWords } from './conditions.js';
import { declare } from './declarations.js';
import { expanded, expandedWithName, expandWords, wordsAfter } from './expand.js';
import { Fields } from './fields.js';
import { type Follower, followList, next, type Outcome } from './follow.js';
import { evaluate, source } from './inner-scripts.js';
import type { ShellState } from './state.js';

/** A simple command: an assignment, something of the shell itself, a function of the script, or a program. */
export function command(node: Command, state: ShellState, follower: Follower): Outcome {
  const prefix = node.prefix.filter((part) => part.type === 'Assignment');
  if (!node.name) {
    for (const one of prefix) assign(one, state);
    return next(OK);
  }
  const name = node.name.parts ? undefined : node.name.value;
  if (name === '[' || name === 'test') {
    const words = wordsAfter(node);
    return next(testWords(testArguments(name === '[' ? words.slice(0, -1) : words, state), state));
  }
  const own = name === undefined ? undefined : lookUp(BUILTINS, name);
  if (own) return own(node, state, follower);
  const called = name === undefined ? undefined : state.functions.get(name);
  if (called) return callFunction(called.body, expanded(node, state), state, follower);
  return program(node, expandedWithName(node, state), prefix, state, follower);
}

/** A program is reached; with the shell's own variables that are given to it alone. */
function program(
  node: Command,
  words: readonly CommandWord[],
  prefix: readonly Assignment[],
  state: ShellState,
  follower: Follower,
): Outcome {
  const [first] = words;
  if (!first) return next(OPEN);
  const name = literal(first);
  const own = name === undefined ? undefined : state.functions.get(name);
  if (own && node.name?.parts) return callFunction(own.body, words.slice(1), state, follower);
  const given = state.copy();
  for (const one of prefix) {
    assign(one, given);
    given.exported.add(one.name);
  }
  for (const { words: held, condition } of possibleCommands(words))
    follower.reached.push({ words: held, state: given, condition: state.condition ?? condition });
  return next(OPEN);
}

type Body = Parameters<typeof followList>[0] | { readonly type: string };

function callFunction(
  body: Body,
  args: readonly CommandWord[],
  state: ShellState,
  follower: Follower,
): Outcome {
  const { args: before, run } = state;
  const { locals } = run;
  const outside = new Map(state.variables);
  run.locals = new Set();
  state.args = args;
  const inner = body as { type: string; body?: unknown; commands?: unknown };
  const list = (inner.type === 'BraceGroup' || inner.type === 'Subshell' ? inner.body : body) as Parameters<
    typeof followList
  >[0];
  if (!Array.isArray((list as { commands?: unknown }).commands)) return next(OPEN);
  const { flow, status } = followList(list, state, follower);
  state.args = before;
  for (const name of run.locals) {
    const value = outside.get(name);
    if (value) state.variables.set(name, value);
    else state.variables.delete(name);
  }
  run.locals = locals;
  return flow === 'returned' ? next(status) : { flow, status };
}

type Builtin = (node: Command, state: ShellState, follower: Follower) => Outcome;

const nothing: Builtin = () => next(OK);

const set: Builtin = (node, state) => {
  const words = expanded(node, state);
  const texts = words.map(literal);
  if (texts.some((text) => /^-\w*a/.test(text ?? '')) || (texts[0] === '-o' && texts[1] === 'allexport'))
    state.exportsAll = true;
  if (texts.some((text) => /^\+\w*a/.test(text ?? ''))) state.exportsAll = false;
  const marks = texts.indexOf('--');
  if (marks >= 0) state.args = words.slice(marks + 1);
  else if (words[0] && !/^[-+]/.test(texts[0] ?? '-')) state.args = words;
  return next(OK);
};

const shift: Builtin = (node, state) => {
  const by = Number(wordsAfter(node)[0]?.value ?? 1);
  if (state.args && Number.isInteger(by) && by >= 0) {
    const ok = state.args.length >= by;
    state.args = state.args.slice(by);
    return next(ok ? OK : FAILED);
  }
  state.args = null;
  return next(OPEN);
};

/** `exec` replaces the shell; with redirections alone it does not. */
const exec: Builtin = (node, state, follower) => {
  const words = expanded(node, state);
  if (words.length === 0) return next(OK);
  const skip = literal(words[0]) === '-a' ? 2 : 0;
  const prefix = node.prefix.filter((part) => part.type === 'Assignment');
  program(node, words.slice(skip), prefix, state, follower);
  return { flow: 'replaced', status: OPEN };
};

/** Not zero is a failure; what is not known is taken for one, as scripts mostly write it. */
const exit: Builtin = (node) => {
  const code = wordsAfter(node)[0]?.value ?? '0';
  return { flow: code === '0' ? 'replaced' : 'failed', status: OPEN };
};

/** `command -v nproc`: what these scripts ask for is there. */
const commandBuiltin: Builtin = (node, state, follower) => {
  const words = expanded(node, state);
  if (/^-[vV]$/.test(literal(words[0]) ?? '')) return next(isThere(literal(words[1])));
  program(node, words, [], state, follower);
  return next(OPEN);
};

const isThere = (name: string | undefined) =>
  name !== undefined && /^(nproc|getconf|grep|python3?|gunicorn|uvicorn)$/.test(name) ? OK : OPEN;

const read: Builtin = (node, state) => {
  for (const { value, pos, end } of wordsAfter(node)) {
    if (!/^[A-Za-z_]\w*$/.test(value)) continue;
    const place = state.run.locate({ from: pos, to: end });
    state.setText(value, unknown(`${value} is read from outside`, place.source.at(place.from, place.to)));
  }
  return next(OPEN);
};

const loopsLeft = (node: Command): number =>
  Number(/^[1-9]$/.exec(wordsAfter(node)[0]?.value ?? '')?.[0] ?? 1);

const BUILTINS: Readonly<Record<string, Builtin>> = {
  ':': (node, state) => {
    for (const word of wordsAfter(node)) expandWords(word, state);
    return next(OK);
  },
  true: nothing,
  false: () => next(FAILED),
  echo: nothing,
  printf: (node, state) => {
    // `printf -v NAME …` sets a variable to what is not worked out.
    const [flag, name] = wordsAfter(node);
    if (flag?.value === '-v' && name)
      read({ ...node, suffix: [name] } as Command, state, { reached: [], source: () => null });
    return next(OK);
  },
  cd: nothing,
  pushd: nothing,
  popd: nothing,
  umask: nothing,
  ulimit: nothing,
  trap: nothing,
  wait: nothing,
  shopt: nothing,
  alias: nothing,
  hash: nothing,
  sleep: nothing,
  break: (node) => ({ flow: 'broken', status: OK, loops: loopsLeft(node) }),
  continue: (node) => ({ flow: 'continued', status: OK, loops: loopsLeft(node) }),
  let: (node, state) => {
    for (const { value, pos, end } of wordsAfter(node)) {
      const name = /^[A-Za-z_]\w*/.exec(value)?.[0];
      const place = state.run.locate({ from: pos, to: end });
      const at = place.source.at(place.from, place.to);
      if (name) state.setText(name, unknown(`${name} is set by arithmetic`, at));
    }
    return next(OPEN);
  },
  unset: (node, state) => {
    for (const { value, pos, end } of wordsAfter(node)) {
      const place = state.run.locate({ from: pos, to: end });
      // Without IFS a shell splits at white space, as it does where nothing has set it.
      const kept = value === 'IFS' ? ' \t\n' : '';
      if (/^\w+$/.test(value)) state.setText(value, known(kept, place.source.at(place.from, place.to)));
    }
    return next(OK);
  },
  export: declare,
  declare,
  typeset: declare,
  local: declare,
  readonly: declare,
  set,
  shift,
  exec,
  exit,
  return: (node) => ({ flow: 'returned', status: wordsAfter(node)[0]?.value === '1' ? FAILED : OK }),
  '.': source,
  source,
  eval: evaluate,
  command: commandBuiltin,
  builtin: commandBuiltin,
  type: (node) => next(isThere(wordsAfter(node).at(-1)?.value)),
  which: (node) => next(isThere(wordsAfter(node).at(-1)?.value)),
  read,
  readarray: nothing,
  mapfile: nothing,
};

/** A command that a variable may hold, and what decides that it does; null where it certainly does. */
interface PossibleCommand {
  readonly words: readonly CommandWord[];
  readonly condition: string | null;
}

/** `exec $COMMAND`: the commands that a variable may hold which is set under conditions, each with the words behind it. */
function possibleCommands(words: readonly CommandWord[]): readonly PossibleCommand[] {
  const [first, ...rest] = words;
  const [part, ...more] = first?.parts ?? [];
  if (!first || part?.kind !== 'value' || !part.isSplit || more.length > 0)
    return [{ words, condition: null }];
  const templates = templatesOf(part.reading);
  if (templates.length < 2) return [{ words, condition: null }];
  return templates.map((template) => {
    const fields = new Fields(first.place, first.at);
    for (const piece of template) fields.value(piece, part.text, false);
    return { words: [...fields.finished(), ...rest], condition: `what ${part.text} holds` };
  });
}
