import type { ArithmeticExpression, WordPart } from 'unbash';
import { both, known, PLAIN, type Provenance, type Reading, unknown } from '../reading.js';
import type { Span } from '../text-file.js';

interface Operand {
  readonly value: number;
  readonly from: Provenance;
}

/** What arithmetic asks of its surroundings: the text of a variable, or of a word with expansions in it. */
export interface ArithmeticWords {
  variable(name: string): Reading<string>;
  parts(parts: readonly WordPart[]): Reading<string>;
}

class NotKnown extends Error {
  readonly reading: Reading<string>;
  constructor(reading: Reading<string>) {
    super();
    this.reading = reading;
  }
}

/** `$(( … ))` in whole numbers, as far as its variables are known. */
export function arithmetic(
  expression: ArithmeticExpression | undefined,
  words: ArithmeticWords,
  at: Span,
): Reading<string> {
  if (!expression) return unknown('this arithmetic is not followed', at);
  const lost = (why: string): never => {
    throw new NotKnown(unknown(why, at));
  };
  const evaluate = (node: ArithmeticExpression): Operand => {
    switch (node.type) {
      case 'ArithmeticGroup':
        return evaluate(node.expression);
      case 'ArithmeticTernary': {
        const test = evaluate(node.test);
        const chosen = evaluate(test.value !== 0 ? node.consequent : node.alternate);
        return { value: chosen.value, from: both(test.from, chosen.from) };
      }
      case 'ArithmeticUnary': {
        const { value, from } = evaluate(node.operand);
        const result = UNARY[node.operator]?.(value);
        return result === undefined || !node.prefix
          ? lost('this arithmetic is not followed')
          : { value: result, from };
      }
      case 'ArithmeticBinary': {
        const [left, right] = [evaluate(node.left), evaluate(node.right)];
        const value = BINARY[node.operator]?.(left.value, right.value);
        return value === undefined || !Number.isSafeInteger(value)
          ? lost('this arithmetic is not followed')
          : { value, from: both(left.from, right.from) };
      }
      case 'ArithmeticWord':
        return numberOf(node.parts ? words.parts(node.parts) : plain(node.value));
      case 'ArithmeticCommandExpansion':
        return numberOf(
          words.parts([
            {
              type: 'CommandExpansion',
              pos: node.pos,
              end: node.end,
              text: node.text,
              script: node.script,
            },
          ]),
        );
      default:
        return lost('this arithmetic is not followed');
    }
  };
  const plain = (text: string): Reading<string> =>
    /^[A-Za-z_]\w*$/.test(text) ? words.variable(text) : known(text, at);
  const numberOf = (reading: Reading<string>): Operand => {
    if (!reading.known) throw new NotKnown(reading);
    const text = reading.value.trim();
    const value = text === '' ? 0 : /^(0|-?[1-9]\d*)$/.test(text) ? Number(text) : Number.NaN;
    return Number.isSafeInteger(value)
      ? { value, from: reading }
      : lost(`${text.slice(0, 40)} is not a whole number`);
  };
  try {
    const { value, from } = evaluate(expression);
    return known(String(value), at, { ...PLAIN, cpuCount: from.cpuCount, assumes: from.assumes });
  } catch (error) {
    if (error instanceof NotKnown) return error.reading;
    throw error;
  }
}

const UNARY: Readonly<Record<string, (a: number) => number>> = {
  '-': (a) => -a,
  '+': (a) => a,
  '!': (a) => Number(a === 0),
};

const BINARY: Readonly<Record<string, (a: number, b: number) => number | undefined>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => (b === 0 ? undefined : Math.trunc(a / b)),
  '%': (a, b) => (b === 0 ? undefined : a % b),
  '**': (a, b) => (b < 0 ? undefined : a ** b),
  '<<': (a, b) => (b < 0 || b > 50 ? undefined : a * 2 ** b),
  '>>': (a, b) => (b < 0 || b > 50 ? undefined : Math.floor(a / 2 ** b)),
  '<': (a, b) => Number(a < b),
  '<=': (a, b) => Number(a <= b),
  '>': (a, b) => Number(a > b),
  '>=': (a, b) => Number(a >= b),
  '==': (a, b) => Number(a === b),
  '!=': (a, b) => Number(a !== b),
  '&&': (a, b) => Number(a !== 0 && b !== 0),
  '||': (a, b) => Number(a !== 0 || b !== 0),
};
