import { notSet } from '../reading.js';
import { BUILTINS, variableOf } from './builtins.js';
import { call } from './call.js';
import { bounded, charge, childrenOf, type Frame, partsOf, stepsOf, textOf } from './frame.js';
import { numberLiteral, stringForm, stringLiteral, unescapeBody } from './literals.js';
import { isMethod, slice } from './methods.js';
import { arithmetic, compare, negate } from './operators.js';
import { isSettingMethod } from './setting-libraries.js';
import type { SyntaxNode } from './syntax.js';
import { NONE, type PyValue, py, raised, same, toText, truth, unknownValue } from './values.js';

/** The value of an expression, as far as it can be known without running it. */
export function evaluate(node: SyntaxNode, frame: Frame): PyValue {
  return bounded(frame, () => {
    const evaluator = EVALUATORS[node.name];
    if (!evaluator) return unknownValue(`${describe(node, frame)} is not evaluated`);
    if (TEXTS.has(node.name)) charge(frame, (node.to - node.from) >> 6);
    const value = evaluator(node, frame);
    if (MAKERS.has(node.name)) charge(frame, stepsOf(value));
    return value;
  });
}

/** Nodes whose own text is read, and those that make a value which was not there before. */
const TEXTS: ReadonlySet<string> = new Set(['String', 'FormatString', 'ContinuedString']);
const MAKERS: ReadonlySet<string> = new Set([
  ...['FormatString', 'ContinuedString', 'TupleExpression', 'ArrayExpression', 'DictionaryExpression'],
  ...['BinaryExpression', 'CallExpression'],
]);

const describe = (node: SyntaxNode, frame: Frame): string => {
  const text = textOf(node, frame).slice(0, 200).replace(/\s+/g, ' ');
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
};

const EVALUATORS: Readonly<Record<string, (node: SyntaxNode, frame: Frame) => PyValue>> = {
  Number: (node, frame) => numberLiteral(textOf(node, frame)),
  String: (node, frame) => stringLiteral(textOf(node, frame)),
  FormatString: formatString,
  ContinuedString: (node, frame) =>
    partsOf(node)
      .map((part) => evaluate(part, frame))
      .reduce((left, right) => arithmetic('+', left, right)),
  Boolean: (node, frame) => py({ type: 'bool', value: textOf(node, frame) === 'True' }),
  None: () => NONE,
  VariableName: variable,
  ParenthesizedExpression: (node, frame) => only(partsOf(node), node, frame),
  TupleExpression: list,
  ArrayExpression: list,
  DictionaryExpression: dictionary,
  UnaryExpression: (node, frame) => {
    const [op, operand] = childrenOf(node);
    return op && operand ? negate(textOf(op, frame), evaluate(operand, frame)) : broken;
  },
  BinaryExpression: binary,
  ConditionalExpression: conditional,
  MemberExpression: member,
  CallExpression: (node, frame) => call(node, frame, describe(node, frame)),
  NamedExpression: () => unknownValue('an assignment inside an expression is not evaluated'),
};

const broken = unknownValue('the expression is not complete');

const only = (parts: readonly SyntaxNode[], node: SyntaxNode, frame: Frame): PyValue =>
  parts.length === 1 ? evaluate(parts[0]!, frame) : unknownValue(`${describe(node, frame)} is not evaluated`);

function variable(node: SyntaxNode, frame: Frame): PyValue {
  const name = textOf(node, frame);
  const bound = frame.scope.get(name) ?? frame.outer.get(name);
  const { poison } = frame.run;
  // What was bound before names were set in unseen ways may have been replaced; modules and functions hardly are.
  const isStale =
    bound && poison && bound.from < poison.from && !['name', 'function'].includes(bound.value.type);
  if (poison && (isStale || (!bound && !Object.hasOwn(BUILTINS, name)))) return unknownValue(poison.why);
  if (bound) return bound.value;
  if (name === '__name__') return py({ type: 'str', value: frame.run.moduleName });
  return py({ type: 'name', path: name });
}

function list(node: SyntaxNode, frame: Frame): PyValue {
  const parts = partsOf(node);
  if (parts.some((part) => part.name === '*')) return unknownValue('a starred list is not evaluated');
  const items = parts.map((part) => evaluate(part, frame));
  return py({ type: 'list', items }, ...items);
}

function dictionary(node: SyntaxNode, frame: Frame): PyValue {
  const entries = new Map<string, PyValue>();
  const parts = childrenOf(node).filter((child) => !['{', '}', ','].includes(child.name));
  for (let i = 0; i < parts.length; i += 3) {
    const [key, colon, value] = parts.slice(i, i + 3);
    const name = key && key.name !== '**' ? evaluate(key, frame) : undefined;
    if (name?.type !== 'str' || colon?.name !== ':' || !value)
      return unknownValue('this dictionary is not evaluated');
    entries.set(name.value, evaluate(value, frame));
  }
  return py({ type: 'dict', entries }, ...entries.values());
}

function binary(node: SyntaxNode, frame: Frame): PyValue {
  const [first, ...rest] = childrenOf(node);
  const second = rest.at(-1);
  if (!first || !second || rest.length < 2) return broken;
  const op = rest
    .slice(0, -1)
    .map((part) => textOf(part, frame).trim())
    .join(' ')
    .replace(/\s+/g, ' ');
  const left = evaluate(first, frame);
  if (op === 'and' || op === 'or') return shortCircuit(op, left, () => evaluate(second, frame));
  if (rest[0]!.name === 'ArithOp' || rest[0]!.name === 'BitOp')
    return arithmetic(op, left, evaluate(second, frame));
  if (isComparison(first, frame)) return unknownValue('a chain of comparisons is not evaluated');
  const right = evaluate(second, frame);
  if (right.type === 'name' && right.path === 'os.environ' && left.type === 'str' && /in$/.test(op))
    return isSet(left.value, op === 'in', frame);
  charge(frame, Math.min(left.size, right.size, 1000) >> 3);
  charge(frame, stepsOf(left) + stepsOf(right));
  return compare(op, left, right);
}

/** `'X' in os.environ`. */
function isSet(name: string, wanted: boolean, frame: Frame): PyValue {
  const found = variableOf(name, frame.variables);
  if (found?.type === 'unknown') return found;
  const answer = py({ type: 'bool', value: (found !== undefined) === wanted });
  const assumes = found === undefined ? [notSet(name)] : [];
  return { ...answer, provenance: { ...answer.provenance, assumes } };
}

function isComparison(node: SyntaxNode, frame: Frame): boolean {
  if (node.name !== 'BinaryExpression') return false;
  return /^(==|!=|<=?|>=?|in|is|not)$/.test(textOf(childrenOf(node)[1] ?? node, frame));
}

function shortCircuit(op: 'and' | 'or', left: PyValue, right: () => PyValue): PyValue {
  const is = truth(left);
  if (is === undefined) return left.type === 'unknown' ? left : unknownValue('its truth is not known');
  if (is === (op === 'or')) return left;
  const value = right();
  return { ...value, provenance: py({ type: 'none' }, left, value).provenance };
}

function conditional(node: SyntaxNode, frame: Frame): PyValue {
  const [then, , condition, , otherwise] = childrenOf(node);
  if (!then || !condition || !otherwise) return broken;
  const decided = evaluate(condition, frame);
  const is = truth(decided);
  if (is !== undefined) {
    const value = evaluate(is ? then : otherwise, frame);
    return { ...value, provenance: py({ type: 'none' }, decided, value).provenance };
  }
  const [a, b] = [evaluate(then, frame), evaluate(otherwise, frame)];
  if (same(a, b)) return a;
  return decided.type === 'unknown' ? decided : unknownValue('its condition is not known');
}

function member(node: SyntaxNode, frame: Frame): PyValue {
  const [object, mark, ...rest] = childrenOf(node);
  if (!object || !mark || !rest[0]) return broken;
  const self = evaluate(object, frame);
  if (self.type === 'unknown') return self;
  if (mark.name === '[') {
    const keys = rest.filter((child) => child.name !== ']');
    return keys.length === 1 ? subscript(self, evaluate(keys[0]!, frame), frame) : sliced(self, keys, frame);
  }
  const name = textOf(rest[0], frame);
  if (self.type === 'name') return py({ type: 'name', path: `${self.path}.${name}` }, self);
  if (self.type === 'object' && self.of === 'settings')
    return self.attributes.get(name) ?? unknownValue(`${describe(node, frame)} is not evaluated`);
  if (self.type === 'object' && name === 'read_env') return py({ type: 'name', path: `${self.of}.${name}` });
  return isMethod(self, name) || isSettingMethod(self, name)
    ? py({ type: 'method', self, name }, self)
    : unknownValue(`${describe(node, frame)} is not evaluated`);
}

/** `text[2:]`, `list[:3]`, with numbers that are known. */
function sliced(self: PyValue, keys: readonly SyntaxNode[], frame: Frame): PyValue {
  const colons = keys.filter(({ name }) => name === ':').length;
  const at = keys.findIndex(({ name }) => name === ':');
  const [from, to] = [keys[at - 1], keys[at + 1]].map((key) => (key ? evaluate(key, frame) : undefined));
  return colons === 1 ? slice(self, from, to) : unknownValue('this slice is not evaluated');
}

function subscript(self: PyValue, key: PyValue, frame: Frame): PyValue {
  if (key.type === 'unknown') return key;
  if (self.type === 'name' && self.path === 'os.environ' && key.type === 'str')
    return variableOf(key.value, frame.variables) ?? raised('KeyError', notSet(key.value));
  if (self.type === 'dict' && key.type === 'str')
    return self.entries.get(key.value) ?? unknownValue(`there is no key ${key.value.slice(0, 40)}`);
  if (self.type === 'list' && key.type === 'int')
    return self.items.at(key.value) ?? unknownValue('there is no such item');
  return unknownValue('this subscript is not evaluated');
}

function formatString(node: SyntaxNode, frame: Frame): PyValue {
  const form = stringForm(textOf(node, frame));
  if (!form) return broken;
  const bodyFrom = node.from + textOf(node, frame).indexOf(form.body, 1);
  let at = bodyFrom;
  let text = '';
  const used: PyValue[] = [];
  for (const part of childrenOf(node)) {
    if (part.name !== 'FormatReplacement') continue;
    const inner = partsOf(part);
    if (inner.length !== 1) return unknownValue('this f-string is not evaluated');
    const value = evaluate(inner[0]!, frame);
    if (value.type === 'unknown') return value;
    const shown = toText(value);
    const plain = plainPart(frame.text.slice(at, part.from), form.raw);
    if (shown === undefined || plain === undefined) return unknownValue('this f-string is not evaluated');
    text += plain + shown;
    at = part.to;
    used.push(value);
  }
  const rest = plainPart(frame.text.slice(at, bodyFrom + form.body.length), form.raw);
  if (rest === undefined || text.length > 10_000) return unknownValue('this f-string is not evaluated');
  return py({ type: 'str', value: text + rest }, ...used);
}

const plainPart = (body: string, raw: boolean): string | undefined =>
  (raw ? body : unescapeBody(body))?.replaceAll('{{', '{').replaceAll('}}', '}');
