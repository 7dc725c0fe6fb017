import { lookUp } from '../../text/lookup.js';
import { assign, forget } from './assignment.js';
import { attempt } from './attempt.js';
import { evaluate } from './expression.js';
import { charge, childrenOf, type Frame, partsOf, type Run, type Scope, textOf } from './frame.js';
import { importNames } from './imports.js';
import { forLoop, lostLoop } from './loop.js';
import { arithmetic } from './operators.js';
import { settingsClass } from './settings-class.js';
import type { SyntaxNode } from './syntax.js';
import { NONE, type PyValue, py, same, truth, unknownValue } from './values.js';

/** How a run of statements ended. `lost` is an end that depends on something unknown. */
export type Outcome =
  | { readonly kind: 'next' }
  | { readonly kind: 'return'; readonly value: PyValue }
  | { readonly kind: 'raise' }
  | { readonly kind: 'continue' }
  | { readonly kind: 'break' }
  | { readonly kind: 'lost' };

const NEXT: Outcome = { kind: 'next' };

/** Follows statements in order, keeping the names of the frame's scope. */
export function execute(nodes: readonly SyntaxNode[], frame: Frame): Outcome {
  for (const node of nodes) {
    if (frame.run.stepsLeft-- <= 0) {
      frame.run.poison ??= { why: 'the file takes too many steps', from: node.from };
      return { kind: 'lost' };
    }
    const follow = lookUp(STATEMENTS, node.name);
    const outcome = follow ? follow(node, frame) : NEXT;
    if (outcome.kind === 'lost') {
      const rest = nodes.slice(nodes.indexOf(node) + 1);
      lookOn(rest, `what line ${frame.run.lineOf(node.from)} decides`, frame);
    }
    if (outcome.kind !== 'next') return outcome;
  }
  return NEXT;
}

/** A program is run, and its calls are asked for; of other files what they set. */
const isProgram = ({ moduleName }: Run): boolean => moduleName === '__main__';

/** Statements of which it is not known whether they are reached: a program's are gone through, and what they set is forgotten. */
function lookOn(nodes: readonly SyntaxNode[], condition: string, frame: Frame): void {
  const { run, variables } = frame;
  if (!isProgram(run) || nodes.length === 0) return;
  const ownBefore = new Map(variables.own);
  under(condition, run, () => execute(nodes, { ...frame, scope: new Map(frame.scope) }));
  resetOwn(frame, ownBefore);
}

/** A loop or a match, whose ways are not followed but for the calls of a program. */
function ways(node: SyntaxNode, frame: Frame): Outcome {
  const outcome = lostLoop(node, frame);
  const clauses = node.getChild('MatchBody')?.getChildren('MatchClause') ?? [node];
  for (const clause of clauses) {
    const body = clause.getChild('Body');
    if (!body) continue;
    const head = frame.text.slice(clause.from, body.from).trim().slice(0, LONGEST_CONDITION);
    lookOn(childrenOf(body), `${head} on line ${frame.run.lineOf(clause.from)}`, frame);
  }
  return outcome;
}

/** Follows what rests on a condition. */
function under<T>(condition: string, { conditions }: Run, act: () => T): T {
  conditions.push(condition);
  try {
    return act();
  } finally {
    conditions.pop();
  }
}

const STATEMENTS: Readonly<Record<string, (node: SyntaxNode, frame: Frame) => Outcome>> = {
  AssignStatement: assignment,
  UpdateStatement: update,
  ImportStatement: (node, frame) => {
    importNames(node, frame);
    return NEXT;
  },
  StatementGroup: (node, frame) => execute(childrenOf(node), frame),
  ExpressionStatement: (node, frame) => {
    for (const part of partsOf(node)) evaluate(part, frame);
    return isExit(node, frame) ? { kind: 'raise' } : NEXT;
  },
  IfStatement: branches,
  TryStatement: attempt,
  WithStatement: (node, frame) => {
    const body = node.getChild('Body');
    const outcome = body ? execute(childrenOf(body), frame) : NEXT;
    return outcome.kind === 'next' ? NEXT : { kind: 'lost' };
  },
  ForStatement: forLoop,
  WhileStatement: ways,
  MatchStatement: ways,
  ContinueStatement: () => ({ kind: 'continue' }),
  BreakStatement: () => ({ kind: 'break' }),
  FunctionDefinition: (node, frame) => {
    const name = node.getChild('VariableName');
    if (!name) return NEXT;
    frame.run.functions.set(node.from, node);
    const value = node.getChild('async')
      ? unknownValue('an async function is not evaluated')
      : py({ type: 'function', node: { from: node.from, to: node.to } });
    frame.scope.set(textOf(name, frame), { value, from: name.from, to: name.to });
    return NEXT;
  },
  ClassDefinition: opaqueDefinition,
  DecoratedStatement: opaqueDefinition,
  ReturnStatement: (node, frame) => {
    const [value] = partsOf(node).slice(1);
    return { kind: 'return', value: value ? evaluate(value, frame) : NONE };
  },
  RaiseStatement: () => ({ kind: 'raise' }),
  DeleteStatement: (node, frame) => {
    for (const part of partsOf(node).slice(1))
      if (part.name === 'VariableName') frame.scope.delete(textOf(part, frame));
    return NEXT;
  },
};

function isExit(node: SyntaxNode, frame: Frame): boolean {
  return /^(sys\.)?exit\s*\(|^os\._exit\s*\(|^quit\s*\(/.test(textOf(node, frame));
}

function opaqueDefinition(node: SyntaxNode, frame: Frame): Outcome {
  const inner = node.name === 'DecoratedStatement' ? (node.lastChild ?? node) : node;
  const name = inner.getChild('VariableName');
  const settings = node.name === 'ClassDefinition' ? settingsClass(node, frame) : undefined;
  if (name && settings)
    frame.scope.set(textOf(name, frame), { value: settings, from: name.from, to: name.to });
  else if (name) forget(textOf(name, frame), `${textOf(name, frame)} is not evaluated`, name, frame);
  return NEXT;
}

function assignment(node: SyntaxNode, frame: Frame): Outcome {
  const groups: SyntaxNode[][] = [[]];
  for (const child of childrenOf(node)) {
    if (child.name === 'AssignOp') groups.push([]);
    else if (child.name !== 'TypeDef' && child.name !== ',') groups.at(-1)!.push(child);
  }
  const right = groups.pop()!;
  if (right.length === 0 || groups.length === 0) return NEXT;
  const value =
    right.length === 1
      ? evaluate(right[0]!, frame)
      : py({ type: 'list', items: right.map((part) => evaluate(part, frame)) });
  const place = { from: right[0]!.from, to: right.at(-1)!.to };
  for (const targets of groups) assign(targets, value, place, frame);
  return NEXT;
}

function update(node: SyntaxNode, frame: Frame): Outcome {
  const [target, operator, right] = childrenOf(node);
  if (!target || !operator || !right) return NEXT;
  const op = textOf(operator, frame).replace(/=$/, '');
  const value = arithmetic(op, evaluate(target, frame), evaluate(right, frame));
  assign([target], value, right, frame);
  return NEXT;
}

function branches(node: SyntaxNode, frame: Frame): Outcome {
  const children = childrenOf(node);
  const arms: { condition: SyntaxNode | null; body: SyntaxNode }[] = [];
  for (const [i, child] of children.entries()) {
    if (child.name !== 'Body') continue;
    const before = children[i - 1];
    arms.push({ condition: before && before.name !== 'else' ? before : null, body: child });
  }
  return chooseArm(arms, node, frame);
}

function chooseArm(
  arms: readonly { condition: SyntaxNode | null; body: SyntaxNode }[],
  node: SyntaxNode,
  frame: Frame,
): Outcome {
  const [arm, ...rest] = arms;
  if (!arm) return NEXT;
  const condition = arm.condition ? evaluate(arm.condition, frame) : null;
  // What nobody has set yet may be set where a program is started.
  const isOpen = isProgram(frame.run) && (condition?.provenance.assumes.length ?? 0) > 0;
  const is = isOpen ? undefined : condition ? truth(condition) : true;
  if (is === true) return execute(childrenOf(arm.body), frame);
  if (is === false) return chooseArm(rest, node, frame);
  const reason = condition?.type === 'unknown' ? ` (${condition.why})` : '';
  const line = frame.run.lineOf(arm.condition?.from ?? node.from);
  const why = `it depends on the condition on line ${line}${reason}`;
  const said = arm.condition ? textOf(arm.condition, frame).slice(0, LONGEST_CONDITION) : '';
  return eitherOf(
    () => under(`${said} on line ${line}`, frame.run, () => execute(childrenOf(arm.body), frame)),
    () => under(`not ${said} on line ${line}`, frame.run, () => chooseArm(rest, node, frame)),
    why,
    frame,
  );
}

const LONGEST_CONDITION = 60;

/** Copying a scope counts as a step for every so many names (2 to this power). */
const COPY_SHIFT = 3;

/** Follows both ways and keeps what is the same after either. */
export function eitherOf(one: () => Outcome, other: () => Outcome, why: string, frame: Frame): Outcome {
  const before = frame.scope;
  charge(frame, (before.size + frame.variables.own.size) >> COPY_SHIFT);
  const ownBefore = new Map(frame.variables.own);
  frame.scope = new Map(before);
  const first = one();
  const [after, ownAfter] = [frame.scope, new Map(frame.variables.own)];
  frame.scope = new Map(before);
  resetOwn(frame, ownBefore);
  const second = other();
  if (first.kind === 'raise') {
    copyInto(before, frame.scope, frame);
    return second;
  }
  if (second.kind === 'raise') {
    copyInto(before, after, frame);
    resetOwn(frame, ownAfter);
    return first;
  }
  copyInto(before, joined(after, frame.scope, why), frame);
  for (const name of new Set([...ownAfter.keys(), ...frame.variables.own.keys()])) {
    const [a, b] = [ownAfter.get(name), frame.variables.own.get(name)];
    if (!a || !b || !same(a, b)) frame.variables.own.set(name, unknownValue(why));
  }
  return first.kind === 'next' && second.kind === 'next' ? NEXT : { kind: 'lost' };
}

function resetOwn({ variables }: Frame, to: ReadonlyMap<string, PyValue>): void {
  variables.own.clear();
  for (const [name, value] of to) variables.own.set(name, value);
}

/** The scope object itself stays: at the top of a file it is also the outer scope of every function. */
function copyInto(scope: Scope, from: Scope, frame: Frame): void {
  const entries = [...from];
  scope.clear();
  for (const [name, binding] of entries) scope.set(name, binding);
  frame.scope = scope;
}

function joined(a: Scope, b: Scope, why: string): Scope {
  const result: Scope = new Map();
  for (const [name, binding] of a) {
    const other = b.get(name);
    const isSame = other !== undefined && (other.value === binding.value || same(binding.value, other.value));
    result.set(name, isSame ? binding : { ...binding, value: unknownValue(why) });
  }
  for (const [name, binding] of b)
    if (!a.has(name)) result.set(name, { ...binding, value: unknownValue(why) });
  return result;
}
