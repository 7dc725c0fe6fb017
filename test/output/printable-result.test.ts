import { expect, test } from 'vitest';
import { printableResult } from '../../src/output/printable-result.js';

const ESCAPE = '\u001b[31m';

test('what is printable is handed on as it is', () => {
  const result = { name: 'web', parts: [{ id: 1 }, null], counts: new Float64Array(2) };
  expect(printableResult(result)).toBe(result);
});

test('foreign texts lose what steers a terminal, wherever they stand', () => {
  const clean = printableResult({
    name: `a${ESCAPE}`,
    [`b${ESCAPE}`]: [`c${ESCAPE}`],
    d: new Map([[`e${ESCAPE}`, 1]]),
  });
  expect(JSON.stringify([clean, ...clean.d])).not.toContain('\\u001b');
});

test('what is worked out when it is read stays unread, and is made printable then', () => {
  let reads = 0;
  const lazily = {
    get why() {
      reads += 1;
      return `x${ESCAPE}`;
    },
  };
  const result = { first: lazily, again: lazily };
  const clean = printableResult(result);
  expect(reads).toBe(0);
  expect(clean.first).toBe(clean.again);
  expect(clean.first.why).not.toContain('\u001b');
  expect(JSON.parse(JSON.stringify(clean.again)).why).toBe(clean.first.why);
});
