import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { UsageError } from '../../../src/host/errors.js';
import { workersByFormula } from '../../../src/plan/formulas/evaluate.js';
import type { Variables } from '../../../src/plan/formulas/language.js';

const variables: Variables = {
  cores: 4,
  memory: 1024,
  perWorker: 256,
  shared: 0,
  perThread: 0,
  master: 0,
  reserve: 0,
  ioRatio: 0.5,
  serviceTime: 100,
  cpuTime: 50,
  ioTime: 50,
  rate: null,
  load: null,
  threads: 1,
  replicas: 2,
};
const workers = (expression: string) => workersByFormula({ name: 'house', expression }, variables);

describe('a formula', () => {
  test.each([
    ['min(2*cores+1, floor(memory/perWorker))', 4],
    ['2 cores + 1', 9],
    ['cores * (1 + ioTime/cpuTime)', 8],
    ['memory > 512 and cores >= 2 ? 3 : 1', 3],
    ['max(1, round(sqrt(cores) ^ 3), 7 % 4)', 8],
    ['0.1 * 3 * 10', 3],
    ['not (cores == 4) ? 1 : 5', 5],
    ['cores <= 4 and cores >= 4 and cores != 5 ? 6 : 1', 6],
    ['cores < 4 or cores > 4 ? 1 : 7', 7],
    ['cores <= 3.9 or cores >= 4.1 ? 1 : 8', 8],
    ['+cores - -2', 6],
    ['abs(-ceil(log(exp(2)) + log2(8) + log10(100) - 0.5))', 7],
  ])('%s gives %i workers', (expression, expected) => {
    expect(workers(expression)).toBe(expected);
  });

  test.each([
    ['cores / 3', /gives 1\.33.*whole number/],
    ['0', /gives 0; accepted/],
    ['-cores', /gives -4/],
    ['cores / 0', /no finite number/],
    ['9^9^9', /no finite number/],
    ['sqrt(-1)', /no finite number|no number|cannot be computed/],
    ['2e6', /at most 1000000/],
    ['cores > 2', /gives true/],
    ['rate * 2', /uses "rate", which needs --rate/],
    ['load', /needs --rate/],
    ['a = 1', /contains an assignment/],
    ['f(x) = x', /contains a function definition/],
    ['[1, 2]', /contains a matrix/],
    ['1:3', /contains a range/],
    ['cores.constructor', /contains a property/],
    ['{a: 1}', /contains an object/],
    ['1; 2', /contains several expressions/],
    ['1 < cores < 5', /contains a chain of comparisons/],
    ['5 cm', /uses "cm", which is no variable/],
    ['constructor', /uses "constructor", which is no variable/],
    ['__proto__', /is no variable/],
    ['min', /uses "min", which is no variable/],
    ['eval("1")', /calls "eval"/],
    ['factorial(170)', /calls "factorial"/],
    ['170!', /uses the operator "!"/],
    ['toString()', /calls "toString"/],
    ['cores(2)', /calls "cores"/],
    ['"4"', /has "4" where only numbers/],
    ['true', /has "true"/],
    ['1e999', /number that is too large/],
    ['# nothing', /is empty/],
    ['2 +', /cannot be read: .*char 4/],
    ['floor(1, 2, 3)', /cannot be computed/],
    ['1+'.repeat(100).concat('1'), /201 characters/],
    ['('.repeat(50).concat('1', ')'.repeat(50)), /nested more than 40/],
  ])('%s is refused in one sentence', (expression, message) => {
    expect(() => workers(expression)).toThrow(UsageError);
    expect(() => workers(expression)).toThrow(message);
    expect(() => workers(expression)).toThrow(/^--formula house: /);
  });

  test('never does anything but answer or refuse, whatever its text', () => {
    const word = fc.constantFrom(
      ...[
        'cores',
        'memory',
        'min(',
        'floor(',
        ')',
        '(',
        '+',
        '*',
        '^',
        '/',
        '2',
        '0.5',
        ',',
        '?',
        ':',
        '=',
        '[',
        ']',
      ],
      ...[
        'import',
        'this',
        "'",
        '"',
        '.',
        'constructor',
        '->',
        ';',
        '!',
        '%',
        '\n',
        '{',
        '}',
        'sqrt',
        '<',
        'and',
      ],
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 30 }), (words) => {
        try {
          const answer = workers(words.join(' '));
          expect(Number.isInteger(answer) && answer >= 1).toBe(true);
        } catch (error) {
          expect(error).toBeInstanceOf(UsageError);
        }
      }),
      { seed: 2, numRuns: 2000 },
    );
  });
});
