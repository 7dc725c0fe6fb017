import type { Command } from 'unbash';
import { baseName } from '../text-file.js';
import { parseShell } from './bash.js';
import { type CommandWord, literal, scriptOf } from './command-text.js';
import { OK, OPEN } from './conditions.js';
import { expanded } from './expand.js';
import { type Follower, followList, next, type Outcome } from './follow.js';
import { resolveParts } from './resolve-word.js';
import type { ShellState } from './state.js';

/** `. FILE`, `source FILE`. */
export function source(node: Command, state: ShellState, follower: Follower): Outcome {
  const [file] = expanded(node, state);
  const path = literal(file);
  if (path !== undefined && /^(activate|nvm\.sh|profile|\.?bashrc|\.bash_profile)$/.test(baseName(path)))
    return next(OK);
  const text = path === undefined ? null : follower.source(path);
  const script = text === null ? null : parseShell(text);
  if (!script || text === null) {
    state.incomplete ??= `${path ?? 'a script that is read'}, which was not given`;
    return next(OK);
  }
  return inside(text, script, file!, state, follower);
}

/** `eval WORDS`: what they hold is a script; where they may hold one of several, each is followed by itself. */
export function evaluate(node: Command, state: ShellState, follower: Follower): Outcome {
  const words = expanded(node, state);
  const [first] = words;
  if (!first) return next(OK);
  const between = { kind: 'text' as const, text: ' ' };
  const parts = words.flatMap((word, i) => (i > 0 ? [between, ...word.parts] : [...word.parts]));
  const reading = resolveParts(parts, first.at, state.run.outer);
  const script = reading.known ? parseShell(reading.value) : null;
  if (reading.known && script) return inside(reading.value, script, first, state, follower);
  const possible = (reading.known ? null : reading.alternatives)?.map((text) => ({
    text,
    script: parseShell(text),
  }));
  for (const { text, script } of possible ?? []) {
    const way = state.copy();
    way.condition ??= `what ${scriptOf(first)} holds`;
    if (script) inside(text, script, first, way, follower);
  }
  if (!possible) follower.reached.push({ words: [first], state, condition: state.condition });
  state.incomplete ??= 'what eval runs';
  return next(OPEN);
}

/** Follows another text in the same shell; its places are the word that names it. */
function inside(
  text: string,
  script: NonNullable<ReturnType<typeof parseShell>>,
  by: CommandWord,
  state: ShellState,
  follower: Follower,
): Outcome {
  const { run } = state;
  const { locate, text: before } = run;
  const { place } = by;
  run.text = text;
  if (place) run.locate = () => place;
  const outcome = followList(script, state, follower);
  run.locate = locate;
  run.text = before;
  return outcome.flow === 'returned' ? next(outcome.status) : outcome;
}
