import type { MathNode } from './functions.js';
import { FUNCTIONS, MAX_DEPTH, OPERATORS, VARIABLES, type VariableName } from './language.js';

/** The parts of mathjs's nodes that are looked at; which are there depends on `type`. */
interface Node {
  readonly type: string;
  readonly value?: unknown;
  readonly name?: string;
  readonly op?: string;
  readonly fn?: string | Node;
}

const NODE_NAMES: Readonly<Record<string, string>> = {
  AssignmentNode: 'an assignment',
  FunctionAssignmentNode: 'a function definition',
  ArrayNode: 'a matrix',
  IndexNode: 'an index',
  RangeNode: 'a range',
  AccessorNode: 'a property',
  ObjectNode: 'an object',
  BlockNode: 'several expressions',
  RelationalNode: 'a chain of comparisons',
};

/** What is wrong with a tree, or null; collects the variables that it uses. */
export function refusal(root: MathNode, used: Set<VariableName>, depth = 0): string | null {
  if (depth > MAX_DEPTH) return `is nested more than ${MAX_DEPTH} levels deep`;
  const own = refusalOfNode(root as unknown as Node, used);
  if (own) return own;
  let found: string | null = null;
  root.forEach((child, path) => {
    if (path !== 'fn') found ??= refusal(child, used, depth + 1);
  });
  return found;
}

function refusalOfNode(node: Node, used: Set<VariableName>): string | null {
  switch (node.type) {
    case 'ParenthesisNode':
    case 'ConditionalNode':
      return null;
    case 'ConstantNode':
      if (node.value === undefined) return 'is empty';
      if (node.value === Number.POSITIVE_INFINITY) return 'has a number that is too large';
      return typeof node.value === 'number'
        ? null
        : `has "${String(node.value)}" where only numbers are accepted`;
    case 'OperatorNode':
      return OPERATORS.has(String(node.fn))
        ? null
        : `uses the operator "${node.op}", which formulas do not have`;
    case 'SymbolNode':
      if (!Object.hasOwn(VARIABLES, node.name!))
        return `uses "${node.name}", which is no variable; accepted: ${Object.keys(VARIABLES).join(', ')}`;
      used.add(node.name as VariableName);
      return null;
    case 'FunctionNode': {
      const name = typeof node.fn === 'object' && node.fn.type === 'SymbolNode' ? node.fn.name! : 'a value';
      return FUNCTIONS.some((known) => known === name)
        ? null
        : `calls "${name}", which formulas do not have; accepted: ${FUNCTIONS.join(', ')}`;
    }
    default:
      return `contains ${NODE_NAMES[node.type] ?? 'something'} that formulas do not have`;
  }
}
