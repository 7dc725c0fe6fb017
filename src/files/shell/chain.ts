import type { AndOr, PipelineNode } from 'unbash';
import { both } from '../reading.js';
import { and, FAILED, OPEN, or, type Status } from './conditions.js';
import { eitherWay, type Follower, followNode, lineOf, next, type Outcome } from './follow.js';
import type { ShellState } from './state.js';

/** `a && b || c`. What is no test is taken to succeed where it decides what comes after it. */
export function chain({ commands, operators }: AndOr, state: ShellState, follower: Follower): Outcome {
  let outcome = followNode(commands[0]!, state, follower);
  let taken = takenStatus(commands[0]!, outcome.status, state);
  for (const [i, operator] of operators.entries()) {
    if (outcome.flow !== 'next') return outcome;
    const command = commands[i + 1]!;
    const goesOn = operator === '&&' ? taken.ok : taken.ok === undefined ? undefined : !taken.ok;
    if (goesOn === true) {
      const isTaken = outcome.status.ok === undefined;
      const failed = isTaken ? state.copy() : null;
      state.from = both(state.from, taken.from);
      outcome = followNode(command, state, follower);
      taken = takenStatus(command, outcome.status, state);
      if (failed && operator === '&&' && outcome.flow === 'replaced') {
        // `probe && exec a`: where the probe fails after all, the script goes on.
        failed.condition ??= `the command on line ${lineOf(commands[i]!, state)}, if it fails,`;
        state.become(failed);
        outcome = next(FAILED);
        taken = FAILED;
      }
    } else if (goesOn === false) outcome = next(taken);
    else {
      const where = `line ${lineOf(commands[i]!, state)}`;
      const before = taken;
      let its = next(OPEN);
      const { flow } = eitherWay(
        (way) => {
          its = followNode(command, way, follower);
          return its;
        },
        () => next(before),
        where,
        state,
      );
      const join = operator === '&&' ? and : or;
      const joined = (status: Status) => join(before, () => status);
      // Where the command ends the script, what comes after the chain's part is known to be on the other way.
      const other: Status = { ok: operator === '||', from: before.from };
      const isOver = its.flow !== 'next';
      outcome = { flow, status: isOver ? other : joined(its.status) };
      taken = isOver ? other : joined(takenStatus(command, its.status, state));
    }
  }
  return outcome;
}

/** How a command is taken to end: a program well, where that is not known. */
const takenStatus = (command: PipelineNode, status: Status, state: ShellState): Status =>
  status.ok === undefined && isProgram(command, state) ? { ...status, ok: true } : status;

/** Commands that are there to be asked: how they end is their answer. */
const QUESTIONS: ReadonlySet<string> = new Set(['[', 'test', 'command', 'type', 'which', 'grep']);

/** Whether a command is a program of which only its result is not known, rather than a test. */
function isProgram(node: PipelineNode, state: ShellState): boolean {
  if (node.type === 'Pipeline') {
    const last = node.commands.at(-1);
    return last === undefined || isProgram(last, state);
  }
  if (node.type === 'Redirected') return isProgram(node.command, state);
  const name = node.type === 'Command' ? (node.name?.value ?? '') : null;
  return name !== null && !QUESTIONS.has(name) && !state.functions.has(name);
}
