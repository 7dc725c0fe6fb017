import { expect, test } from 'vitest';
import { caseOf, KINDS } from '../../tools/fuzz/inputs/cases.js';
import { faultsOf } from '../../tools/fuzz/inputs/judge.js';

/** `npm run fuzz:inputs` runs as many as one likes. */
const CASES = 2000;

test.each(KINDS)(
  'hostile input is answered in order: %s',
  async (kind) => {
    for (let number = KINDS.indexOf(kind); number < CASES; number += KINDS.length) {
      const faults = await faultsOf(caseOf(number));
      expect(faults, `case ${number}: npm run fuzz:inputs -- 1 ${number}`).toEqual([]);
    }
  },
  120_000,
);

test('the same number gives the same case', () => {
  expect(caseOf(77)).toEqual(caseOf(77));
});
