import { equal, isNumeric, type PyValue, py, toText, truth, unknownValue } from './values.js';

const LONGEST = 10_000;

/** `left op right` for Python's arithmetic operators. */
export function arithmetic(op: string, left: PyValue, right: PyValue): PyValue {
  if (left.type === 'unknown') return left;
  if (right.type === 'unknown') return right;
  if (isNumeric(left) && isNumeric(right)) return numeric(op, left, right);
  if (op === '+' && left.type === 'str' && right.type === 'str')
    return text(left.value + right.value, left, right);
  if (
    op === '+' &&
    left.type === 'list' &&
    right.type === 'list' &&
    left.items.length + right.items.length < LONGEST
  )
    return py({ type: 'list', items: [...left.items, ...right.items] }, left, right);
  if (op === '%' && left.type === 'str') return formatted(left, right);
  return unknownValue(`${op} of ${kindOf(left)} and ${kindOf(right)} is not evaluated`);
}

const kindOf = (v: PyValue): string => (v.type === 'name' ? v.path : v.type);

const text = (value: string, ...from: PyValue[]): PyValue =>
  value.length > LONGEST ? unknownValue('the text is too long') : py({ type: 'str', value }, ...from);

function numeric(
  op: string,
  left: PyValue & { value: number | boolean },
  right: PyValue & { value: number | boolean },
) {
  const [a, b] = [Number(left.value), Number(right.value)];
  if (b === 0 && ['/', '//', '%'].includes(op)) return unknownValue('division by zero');
  const results: Readonly<Record<string, () => number>> = {
    '+': () => a + b,
    '-': () => a - b,
    '*': () => a * b,
    '/': () => a / b,
    '//': () => Math.floor(a / b),
    '%': () => a - b * Math.floor(a / b),
    '**': () => a ** b,
    '<<': () => (b >= 0 && b < 53 ? a * 2 ** b : Number.NaN),
    '>>': () => (b >= 0 && b < 53 ? Math.floor(a / 2 ** b) : Number.NaN),
  };
  const compute = results[op];
  if (!compute) return unknownValue(`the operator ${op} is not evaluated`);
  const isFloat = left.type === 'float' || right.type === 'float' || op === '/' || (op === '**' && b < 0);
  return number(compute(), isFloat, left, right);
}

export function number(value: number, isFloat: boolean, ...from: readonly PyValue[]): PyValue {
  if (!Number.isFinite(value) || (!isFloat && !Number.isSafeInteger(value)))
    return unknownValue('the number is out of range');
  return py({ type: isFloat ? 'float' : 'int', value }, ...from);
}

/** `'%s:%d' % (host, port)`, with `%s` and `%d` alone. */
function formatted(format: PyValue & { type: 'str'; value: string }, args: PyValue): PyValue {
  const items = args.type === 'list' ? args.items : [args];
  const open = items.find((item) => item.type === 'unknown');
  if (open) return open;
  let used = 0;
  let strange = false;
  const value = format.value.replace(/%(.)/g, (_whole, kind: string) => {
    if (kind === '%') return '%';
    const item = items[used++];
    const shown = item && (kind === 's' || (kind === 'd' && item.type === 'int')) ? toText(item) : undefined;
    if (shown === undefined) strange = true;
    return shown ?? '';
  });
  if (strange || used !== items.length) return unknownValue('this % formatting is not evaluated');
  return text(value, format, ...items);
}

/** One comparison: `a < b`, `a in b`, `a is not b`. */
export function compare(op: string, left: PyValue, right: PyValue): PyValue {
  const answer = comparison(op, left, right);
  if (answer !== undefined) return py({ type: 'bool', value: answer }, left, right);
  const open = [left, right].find((v) => v.type === 'unknown');
  return open ?? unknownValue(`the comparison ${op} is not evaluated`);
}

function comparison(op: string, left: PyValue, right: PyValue): boolean | undefined {
  const not = (answer: boolean | undefined) => (answer === undefined ? undefined : !answer);
  switch (op) {
    case '==':
      return equal(left, right);
    case '!=':
      return not(equal(left, right));
    case 'is':
      return identical(left, right);
    case 'is not':
      return not(identical(left, right));
    case 'in':
      return contains(left, right);
    case 'not in':
      return not(contains(left, right));
    default:
      return ordered(op, left, right);
  }
}

/** `1 is True` is false although both are equal; whether two equal numbers or texts are one object is left open. */
function identical(left: PyValue, right: PyValue): boolean | undefined {
  const areEqual = equal(left, right);
  if (areEqual !== true || left.type === 'none') return areEqual;
  if (left.type === 'bool' && right.type === 'bool') return true;
  return left.type === 'bool' || right.type === 'bool' ? false : undefined;
}

function ordered(op: string, left: PyValue, right: PyValue): boolean | undefined {
  const values =
    isNumeric(left) && isNumeric(right)
      ? ([Number(left.value), Number(right.value)] as const)
      : left.type === 'str' && right.type === 'str'
        ? ([left.value, right.value] as const)
        : undefined;
  if (!values) return undefined;
  const [a, b] = values;
  if (op === '<') return a < b;
  if (op === '<=') return a <= b;
  if (op === '>') return a > b;
  return op === '>=' ? a >= b : undefined;
}

function contains(item: PyValue, holder: PyValue): boolean | undefined {
  if (item.type === 'unknown') return undefined;
  if (holder.type === 'str') return item.type === 'str' ? holder.value.includes(item.value) : undefined;
  if (holder.type === 'dict') return item.type === 'str' ? holder.entries.has(item.value) : undefined;
  if (holder.type !== 'list') return undefined;
  const answers = holder.items.map((other) => equal(item, other));
  return answers.includes(true) ? true : answers.includes(undefined) ? undefined : false;
}

export function negate(op: string, operand: PyValue): PyValue {
  if (operand.type === 'unknown') return operand;
  if (op === 'not') {
    const is = truth(operand);
    return is === undefined
      ? unknownValue('its truth is not known')
      : py({ type: 'bool', value: !is }, operand);
  }
  if (!isNumeric(operand)) return unknownValue(`${op} of ${kindOf(operand)} is not evaluated`);
  const value = Number(operand.value);
  if (op === '-') return number(-value, operand.type === 'float', operand);
  if (op === '+') return number(value, operand.type === 'float', operand);
  return op === '~' && operand.type !== 'float'
    ? number(-value - 1, false, operand)
    : unknownValue(`${op} is not evaluated`);
}
