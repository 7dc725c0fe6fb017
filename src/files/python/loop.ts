import { assign, assignedNames, forget } from './assignment.js';
import { BUILTINS } from './builtins.js';
import { evaluate } from './expression.js';
import { childrenOf, type Frame, textOf } from './frame.js';
import { execute, type Outcome } from './statements.js';
import type { SyntaxNode } from './syntax.js';
import { type PyValue, py } from './values.js';

/** Rounds of one loop that are followed. */
const MOST_ROUNDS = 500;

/** `for … in …`, round by round where what it goes over is known; else what it sets is lost. */
export function forLoop(node: SyntaxNode, frame: Frame): Outcome {
  const children = childrenOf(node);
  const over = children.findIndex(({ name }) => name === 'in');
  const [iterable, body] = [children[over + 1], children[over + 2]];
  const targets = children.slice(1, over).filter(({ name }) => name !== ',');
  const items = iterable && itemsOf(evaluate(iterable, frame), frame);
  const isPlain = body?.name === 'Body' && children.length === over + 3 && children[0]?.name === 'for';
  if (!items || !isPlain || items.length > MOST_ROUNDS) return lostLoop(node, frame);
  const statements = childrenOf(body);
  for (const item of items) {
    assign(targets, item, iterable!, frame);
    const outcome = execute(statements, frame);
    if (outcome.kind === 'break') break;
    if (outcome.kind === 'lost') return lostLoop(node, frame);
    if (outcome.kind === 'return' || outcome.kind === 'raise') return outcome;
  }
  return { kind: 'next' };
}

/** What a `for` goes over, of the values that are held here. */
function itemsOf(value: PyValue, { variables }: Frame): readonly PyValue[] | undefined {
  if (value.type === 'list') return value.items;
  if (value.type === 'dict') return [...value.entries.keys()].map((key) => py({ type: 'str', value: key }));
  if (value.type !== 'name' || value.path !== 'os.environ') return undefined;
  const names = BUILTINS['os.environ.keys']!([], variables);
  return names.type === 'list' ? names.items : undefined;
}

/** The names set by a loop or match are lost: how often it runs is not followed. */
export function lostLoop(node: SyntaxNode, frame: Frame): Outcome {
  const line = frame.run.lineOf(node.from);
  if (/\b(globals|locals|vars|setattr|exec|__dict__)\b/.test(textOf(node, frame)))
    frame.run.poison ??= { why: `the loop on line ${line} may set any name`, from: node.from };
  for (const name of assignedNames(node, frame))
    forget(name, `it is set in the ${KINDS[node.name]} on line ${line}`, node, frame);
  return { kind: 'next' };
}

const KINDS: Readonly<Record<string, string>> = {
  ForStatement: 'loop',
  WhileStatement: 'loop',
  MatchStatement: 'match',
};
