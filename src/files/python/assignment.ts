import { evaluate } from './expression.js';
import { charge, childrenOf, type Frame, partsOf, stepsOf, textOf } from './frame.js';
import type { SyntaxNode } from './syntax.js';
import { type PyValue, py, unknownValue } from './values.js';

interface Place {
  readonly from: number;
  readonly to: number;
}

/** Binds `value` to one target or unpacks it into several. */
export function assign(targets: readonly SyntaxNode[], value: PyValue, place: Place, frame: Frame): void {
  const [target] = targets;
  if (!target) return;
  if (targets.length > 1) unpack(targets, value, place, frame);
  else if (target.name === 'VariableName')
    frame.scope.set(textOf(target, frame), { value, from: place.from, to: place.to });
  else if (
    target.name === 'TupleExpression' ||
    target.name === 'ArrayExpression' ||
    target.name === 'ParenthesizedExpression'
  )
    unpack(partsOf(target), value, place, frame);
  else if (target.name === 'MemberExpression') assignMember(target, value, frame);
}

function unpack(targets: readonly SyntaxNode[], value: PyValue, place: Place, frame: Frame): void {
  const fits = value.type === 'list' && value.items.length === targets.length;
  for (const [i, target] of targets.entries())
    assign([target], fits ? value.items[i]! : unknownValue('this unpacking is not evaluated'), place, frame);
}

/** The names of the module as a dictionary, where this is written at its top. */
const NAMESPACE = /^(locals|globals|vars)\(\)$/;

function assignMember(target: SyntaxNode, value: PyValue, frame: Frame): void {
  const [object, mark, key] = childrenOf(target);
  if (!object || !key) return;
  if (mark?.name === '[' && NAMESPACE.test(textOf(object, frame)) && !frame.inFunction) {
    const name = evaluate(key, frame);
    if (name.type === 'str') {
      frame.scope.set(name.value, { value, from: object.from, to: target.to });
      return;
    }
  }
  const self = evaluate(object, frame);
  const name = mark?.name === '[' ? evaluate(key, frame) : undefined;
  if (self.type === 'name' && self.path === 'os.environ') {
    if (name?.type === 'str') frame.variables.own.set(name.value, value);
  } else if (object.name === 'VariableName') {
    const bound = frame.scope.get(textOf(object, frame));
    if (!bound) return;
    charge(frame, stepsOf(self));
    const next =
      self.type === 'dict' && name?.type === 'str'
        ? py({ type: 'dict', entries: new Map([...self.entries, [name.value, value]]) }, self, value)
        : unknownValue(`it is changed on line ${frame.run.lineOf(target.from)}`);
    frame.scope.set(textOf(object, frame), { ...bound, value: next });
  }
}

/** The name has a value from here on, but none that is known. */
export function forget(name: string, why: string, place: Place, frame: Frame): void {
  frame.scope.set(name, { value: unknownValue(why), from: place.from, to: place.to });
}

/** Names that any statement within `node` may set, functions and classes left out. */
export function assignedNames(node: SyntaxNode, frame: Frame): string[] {
  charge(frame, (node.to - node.from) >> 6);
  const names = new Set<string>();
  const pending = [node];
  while (pending.length > 0) {
    const current = pending.pop()!;
    const children = childrenOf(current);
    if (current.name === 'AssignStatement' || current.name === 'UpdateStatement') {
      const last = children.findLastIndex((child) => child.name === 'AssignOp' || child.name === 'UpdateOp');
      for (const child of children.slice(0, last)) collect(child, names, frame);
    } else if (current.name === 'ForStatement') {
      const upTo = children.findIndex((child) => child.name === 'in');
      for (const child of children.slice(1, Math.max(upTo, 1))) collect(child, names, frame);
      pending.push(...children);
    } else if (current.name !== 'FunctionDefinition' && current.name !== 'ClassDefinition')
      pending.push(...children);
  }
  return [...names];
}

function collect(node: SyntaxNode, names: Set<string>, frame: Frame): void {
  if (node.name === 'VariableName') names.add(textOf(node, frame));
  else if (
    node.name === 'TupleExpression' ||
    node.name === 'ArrayExpression' ||
    node.name === 'ParenthesizedExpression'
  )
    for (const part of partsOf(node)) collect(part, names, frame);
}
