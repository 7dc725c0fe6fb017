import type { For, Select, While } from 'unbash';
import { unknown } from '../reading.js';
import { OK } from './conditions.js';
import { expandWords } from './expand.js';
import { type Follower, followList, lineOf, next, type Outcome } from './follow.js';
import { resolveParts } from './resolve-word.js';
import type { ShellState } from './state.js';

const MOST_ROUNDS = 64;

/** `for X in …`: once for each word where all are known. */
export function overWords(node: For | Select, state: ShellState, follower: Follower): Outcome {
  const { value: name } = node.name;
  const words = node.wordlist ? node.wordlist.flatMap((word) => expandWords(word, state)) : state.args;
  const values = words?.map((word) => resolveParts(word.parts, word.at, state.run.outer)) ?? null;
  const at = placeOf(node, state);
  if (
    !values ||
    values.length > MOST_ROUNDS ||
    values.some(({ known }) => !known) ||
    node.type === 'Select'
  ) {
    state.setText(name, unknown(`${name} runs over what is not known`, at));
    return someRounds(node.body, state, follower);
  }
  for (const value of values) {
    state.setText(name, value);
    const ended = round(node.body, state, follower);
    if (ended) return ended;
  }
  return next(OK);
}

/**
 * One round of a loop; what the loop comes to where no other round follows. Where the round may be left before its end,
 * what the body sets is not known.
 */
function round(body: While['body'], state: ShellState, follower: Follower): Outcome | null {
  const { mayLeave } = state;
  state.mayLeave = false;
  const { flow, loops = 1 } = followList(body, state, follower);
  const isOpen = state.mayLeave;
  state.mayLeave = mayLeave;
  if (isOpen && flow !== 'lost') return someRounds(body, state, follower);
  if ((flow === 'broken' || flow === 'continued') && loops > 1) return { flow, status: OK, loops: loops - 1 };
  if (flow === 'next' || flow === 'continued') return null;
  return flow === 'broken' ? next(OK) : { flow, status: OK };
}

const placeOf = (node: { readonly pos: number; readonly end: number }, { run }: ShellState) => {
  const { source, from, to } = run.locate({ from: node.pos, to: node.end });
  return source.at(from, to);
};

/** `while` and `until`: as long as what they ask is known. */
export function loop(node: While, state: ShellState, follower: Follower): Outcome {
  const wanted = node.kind === 'while';
  for (let rounds = 0; rounds < MOST_ROUNDS; rounds += 1) {
    const tested = followList(node.clause, state, follower);
    if (tested.flow !== 'next') return tested;
    const { ok } = tested.status;
    if (ok === undefined) break;
    if (ok !== wanted) return next(OK);
    const ended = round(node.body, state, follower);
    if (ended) return ended;
  }
  return someRounds(node.body, state, follower);
}

/** A body that runs any number of times: what it sets is not known afterwards. */
export function someRounds(body: While['body'], state: ShellState, follower: Follower): Outcome {
  const way = state.copy();
  way.condition ??= `the loop on line ${lineOf(body, state)}`;
  const { flow } = followList(body, way, follower);
  if (flow === 'lost') return { flow, status: OK };
  for (const [name, value] of way.variables) {
    if (state.variables.get(name) === value) continue;
    const at = value.kind === 'text' ? value.reading.at : placeOf(body, state);
    state.setText(name, unknown(`${name} is set in a loop`, at));
  }
  if (way.args !== state.args) state.args = null;
  state.incomplete ??= way.incomplete;
  return next(OK);
}
