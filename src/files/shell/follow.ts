import type { AndOr, Case, CompoundList, If, PipelineNode, Script, Statement } from 'unbash';
import { both, type Surroundings, unknown } from '../reading.js';
import { arithmetic } from './arithmetic.js';
import { parseShell } from './bash.js';
import { command as simpleCommand } from './builtins.js';
import { chain } from './chain.js';
import { type CommandWord, locator, type Place } from './command-text.js';
import { fitsArm, OK, OPEN, type Status, testOf } from './conditions.js';
import { arithmeticWords, textOf } from './expand.js';
import { loop, overWords, someRounds } from './loops.js';
import { joinStates, type ScriptRun, ShellState } from './state.js';

/** A program that a script comes to, with what it is given. */
export interface Reached {
  readonly words: readonly CommandWord[];
  /** The shell as it is at that point, with the variables that stand before the command. */
  readonly state: ShellState;
  /** The condition that decides whether it is reached; null where it certainly is. */
  readonly condition: string | null;
}

/** How following a part of a script ended. */
type Flow = 'next' | 'replaced' | 'failed' | 'returned' | 'broken' | 'continued' | 'lost';

export interface Outcome {
  readonly flow: Flow;
  readonly status: Status;
  /** Of `break 2` and `continue 2`: how many loops are left. */
  readonly loops?: number;
}

export const next = (status: Status): Outcome => ({ flow: 'next', status });

/** What following needs besides the state. */
export interface Follower {
  readonly reached: Reached[];
  /** The text of a script that is read with `.` or `source`; null where it is not there. */
  readonly source: (path: string) => string | null;
}

const MOST_STEPS = 20_000;
const DEEPEST = 60;

/** What a script is given. */
export interface FollowOptions {
  readonly outer: Surroundings;
  /** `$1`, `$2`, …; null where they are not known. */
  readonly args: readonly CommandWord[] | null;
  /** Variables that keep the value they have, whatever the script sets. */
  readonly locked: ReadonlySet<string>;
  /** Path of the script; null of a command line. */
  readonly script: string | null;
  readonly source: (path: string) => string | null;
}

/** What a script comes to. */
interface Followed {
  readonly reached: readonly Reached[];
  /** It certainly ends with an error, by what is known. */
  readonly fails: boolean;
}

/**
 * Follows a shell script without running it: the programs that it comes to, through conditions, functions and arrays.
 * Where a condition is not known both ways are followed. Null where the text is no script that can be read.
 */
export function followScript(text: string, place: Place, options: FollowOptions): Followed | null {
  const script = parseShell(text);
  if (!script) return null;
  const locate = locator(text, place);
  const { outer, locked, script: path } = options;
  const run: ScriptRun = {
    outer,
    locked,
    locate,
    script: path,
    text,
    stepsLeft: MOST_STEPS,
    depth: 0,
    locals: null,
  };
  const follower: Follower = { reached: [], source: options.source };
  const outcome = followList(script, new ShellState(run, options.args), follower);
  const { reached } = follower;
  return outcome.flow === 'lost' && reached.length === 0
    ? null
    : { reached, fails: outcome.flow === 'failed' };
}

export function followList(list: Script | CompoundList, state: ShellState, follower: Follower): Outcome {
  let outcome = next(OK);
  for (const statement of list.commands) {
    outcome = followStatement(statement, state, follower);
    if (outcome.flow !== 'next') return outcome;
  }
  return outcome;
}

function followStatement({ command, background }: Statement, state: ShellState, follower: Follower): Outcome {
  const { run } = state;
  run.stepsLeft -= 1;
  if (run.stepsLeft <= 0 || run.depth >= DEEPEST) return { flow: 'lost', status: OPEN };
  run.depth += 1;
  try {
    if (!background) return followNode(command, state, follower);
    followNode(command, state.copy(), follower);
    return next(OK);
  } finally {
    run.depth -= 1;
  }
}

export function followNode(
  node: PipelineNode | AndOr | CompoundList,
  state: ShellState,
  follower: Follower,
): Outcome {
  switch (node.type) {
    case 'Command':
      return simpleCommand(node, state, follower);
    case 'AndOr':
      return chain(node, state, follower);
    case 'Pipeline':
      return pipeline(node, state, follower);
    case 'If':
      return branches(node, state, follower);
    case 'Case':
      return arms(node, state, follower);
    case 'Redirected':
      return followNode(node.command, state, follower);
    case 'BraceGroup':
      return followList(node.body, state, follower);
    case 'CompoundList':
      return followList(node, state, follower);
    case 'Subshell': {
      const { flow, status } = followList(node.body, state.copy(), follower);
      return next(flow === 'failed' ? OPEN : status);
    }
    case 'TestCommand':
      return next(testOf(node.expression, state));
    case 'ArithmeticCommand': {
      const status = arithmeticStatus(node, state);
      forgetCounted(node, state);
      return next(status);
    }
    case 'ArithmeticFor':
      forgetCounted(node, state);
      return someRounds(node.body, state, follower);
    case 'Function':
      state.functions.set(node.name.value, node);
      return next(OK);
    case 'While':
      return loop(node, state, follower);
    case 'For':
    case 'Select':
      return overWords(node, state, follower);
    default:
      return next(OPEN);
  }
}

function arithmeticStatus(
  node: Extract<PipelineNode, { type: 'ArithmeticCommand' }>,
  state: ShellState,
): Status {
  const place = state.run.locate({ from: node.pos, to: node.end });
  const at = place.source.at(place.from, place.to);
  const value = arithmetic(node.expression, arithmeticWords(state, at), at);
  return value.known ? { ok: value.value !== '0', from: value } : OPEN;
}

/** Variables that arithmetic sets, which is not followed: `((N++))`, `((N = 2))`. */
function forgetCounted(
  node: Extract<PipelineNode, { type: 'ArithmeticCommand' | 'ArithmeticFor' }>,
  state: ShellState,
): void {
  const { source, from, to } = state.run.locate({ from: node.pos, to: node.end });
  const head = node.type === 'ArithmeticFor' ? node.body.pos : node.end;
  const text = state.run.text.slice(node.pos, head);
  for (const [, set, counted] of text.matchAll(COUNTED)) {
    const name = (set ?? counted)!;
    state.setText(name, unknown(`${name} is set by arithmetic`, source.at(from, to)));
  }
}

const COUNTED = /([A-Za-z_]\w*)\s*(?:\+\+|--|(?:[-+*/%&|^]|<<|>>)?=(?!=))|(?:\+\+|--)\s*([A-Za-z_]\w*)/g;

export const lineOf = (node: { readonly pos: number; readonly end: number }, { run }: ShellState): number => {
  const { source, from } = run.locate({ from: node.pos, to: node.end });
  return source.at(from).line;
};

function pipeline(
  node: Extract<PipelineNode, { type: 'Pipeline' }>,
  state: ShellState,
  follower: Follower,
): Outcome {
  const isNegated = node.prefixes.filter(({ type }) => type === 'Negation').length % 2 === 1;
  const [only, ...more] = node.commands;
  if (only && more.length === 0) {
    const { flow, status } = followNode(only, state, follower);
    const ok = status.ok === undefined ? undefined : !status.ok;
    return { flow, status: isNegated ? { ...status, ok } : status };
  }
  for (const command of node.commands) followNode(command, state.copy(), follower);
  return next(OPEN);
}

/** Flows after which the script goes on, there or after a round of a loop. */
const OPEN_FLOWS: ReadonlySet<Flow> = new Set(['next', 'broken', 'continued']);

/** Follows two ways from one state; what they leave is joined, or the one that goes on is kept. */
export function eitherWay(
  one: (state: ShellState) => Outcome,
  other: (state: ShellState) => Outcome,
  where: string,
  state: ShellState,
): Outcome {
  const ways = [one, other].map((follow) => {
    const way = state.copy();
    way.condition ??= `the condition on ${where}`;
    return { way, outcome: follow(way) };
  });
  const open = ways.filter(({ outcome }) => OPEN_FLOWS.has(outcome.flow));
  const [first, second] = open;
  if (!first) {
    const flows = ways.map(({ outcome }) => outcome.flow);
    const flow = flows.find((found) => found !== 'failed') ?? 'failed';
    return { flow, status: OPEN };
  }
  const { condition } = state;
  if (second) {
    state.become(joinStates(first.way, second.way));
    state.condition = condition;
  } else {
    state.become(first.way);
    // A script that stops with an error on the other way is taken to come this way.
    if (ways.some(({ outcome }) => outcome.flow === 'failed')) state.condition = condition;
  }
  const { outcome } = open.find((way) => way.outcome.flow === 'next') ?? first;
  state.mayLeave ||= open.some((way) => way.outcome.flow !== outcome.flow);
  return outcome.flow === 'next' ? next(first.outcome.status) : outcome;
}

function branches(node: If, state: ShellState, follower: Follower): Outcome {
  const arms = [node, ...node.elif];
  const take = (i: number, way: ShellState): Outcome => {
    const arm = arms[i];
    if (!arm) return node.else ? followList(node.else, way, follower) : next(OK);
    const tested = followList(arm.clause, way, follower);
    if (tested.flow !== 'next') return tested;
    const { ok, from } = tested.status;
    way.from = both(way.from, from);
    if (ok === true) return followList(arm.then, way, follower);
    if (ok === false) return take(i + 1, way);
    return eitherWay(
      (then) => followList(arm.then, then, follower),
      (otherwise) => take(i + 1, otherwise),
      `line ${lineOf(arm.clause, way)}`,
      way,
    );
  };
  return take(0, state);
}

function arms(node: Case, state: ShellState, follower: Follower): Outcome {
  const word = textOf(node.word, state);
  /** `;&` goes on with the next arm, `;;&` with the next that fits. */
  const enter = (i: number, way: ShellState): Outcome => {
    const { body, terminator } = node.items[i]!;
    const outcome = followList(body, way, follower);
    if (outcome.flow !== 'next' || !node.items[i + 1]) return outcome;
    if (terminator === ';&') return enter(i + 1, way);
    return terminator === ';;&' ? take(i + 1, way) : outcome;
  };
  const take = (i: number, way: ShellState): Outcome => {
    const arm = node.items[i];
    if (!arm) return next(OK);
    const { ok, from } = fitsArm(word, arm.pattern, way);
    if (ok === true) {
      way.from = both(way.from, from);
      return enter(i, way);
    }
    if (ok === false) return take(i + 1, way);
    const isLast = i === node.items.length - 1 && arm.pattern.some(({ text }) => text === '*');
    if (isLast) return enter(i, way);
    return eitherWay(
      (then) => enter(i, then),
      (otherwise) => take(i + 1, otherwise),
      `line ${lineOf(node, way)}`,
      way,
    );
  };
  return take(0, state);
}
