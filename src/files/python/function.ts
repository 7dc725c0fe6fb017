import { evaluate } from './expression.js';
import { charge, childrenOf, type Frame, textOf } from './frame.js';
import { execute } from './statements.js';
import type { SyntaxNode } from './syntax.js';
import { type FunctionNode, NONE, type PyValue, unknownValue } from './values.js';

/** Runs a function of the file itself, with positional arguments, within the limits of the run. */
export function callFunction(at: FunctionNode, args: readonly PyValue[], frame: Frame): PyValue {
  const node = frame.run.functions.get(at.from);
  const body = node?.getChild('Body');
  if (!node || !body) return unknownValue('this function is not evaluated');
  charge(frame, (node.to - node.from) >> 6);
  if (containsNode(body, new Set(['ScopeStatement', 'YieldStatement', 'YieldExpression', 'AwaitExpression'])))
    return unknownValue(
      `${textOf(node.getChild('VariableName') ?? node, frame)}() does more than compute a value`,
    );
  const scope: Frame['scope'] = new Map();
  const inner: Frame = { ...frame, scope, inFunction: true };
  for (const [i, parameter] of parametersOf(node, frame).entries()) {
    const value = args[i] ?? (parameter.fallback ? evaluate(parameter.fallback, frame) : undefined);
    if (!value) return unknownValue('this call lacks an argument');
    scope.set(parameter.name, { value, from: at.from, to: at.to });
  }
  const outcome = execute(childrenOf(body), inner);
  if (outcome.kind === 'return') return outcome.value;
  return outcome.kind === 'next' ? NONE : unknownValue('this function does not return a value that is known');
}

function parametersOf(node: SyntaxNode, frame: Frame): { name: string; fallback: SyntaxNode | undefined }[] {
  const list = node.getChild('ParamList');
  const parameters: { name: string; fallback: SyntaxNode | undefined }[] = [];
  let isDefault = false;
  for (const child of list ? childrenOf(list) : []) {
    if (child.name === 'AssignOp') isDefault = true;
    else if (isDefault) {
      parameters.at(-1)!.fallback = child;
      isDefault = false;
    } else if (child.name === 'VariableName')
      parameters.push({ name: textOf(child, frame), fallback: undefined });
  }
  return parameters;
}

function containsNode(node: SyntaxNode, names: ReadonlySet<string>): boolean {
  const cursor = node.cursor();
  const end = node.to;
  do {
    if (cursor.from >= end) return false;
    if (names.has(cursor.name)) return true;
  } while (cursor.next());
  return false;
}
