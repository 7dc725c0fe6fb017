import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fingerprintOf } from '../../src/check/fingerprint.js';

test('a fingerprint is 64 bits of FNV-1a in hexadecimal digits, the leading zeros included', () => {
  // Landon Curt Noll's test vectors are of plain texts; ours are joined by line breaks: that of "\n\n\n".
  let hash = 0xcbf29ce484222325n;
  for (let n = 0; n < 3; n++) hash = ((hash ^ 10n) * 0x100000001b3n) % 2n ** 64n;
  expect(fingerprintOf('', '', '', '')).toBe(hash.toString(16).padStart(16, '0'));
  const all = Array.from({ length: 300 }, (_, n) => fingerprintOf(`rule ${n}`, 'file', 'web', ''));
  expect(all.filter((text) => !/^[0-9a-f]{16}$/.test(text))).toEqual([]);
  expect(all.some((text) => text.startsWith('0'))).toBe(true);
  expect(new Set(all).size).toBe(300);
});

test('it depends on rule, file, server and the words of the line, and not on the blanks between them', () => {
  const text = fc.stringMatching(/^[a-z]{1,6}$/);
  fc.assert(
    fc.property(
      text,
      text,
      text,
      fc.array(text, { minLength: 1, maxLength: 4 }),
      (rule, file, server, words) => {
        const one = fingerprintOf(rule, file, server, words.join(' '));
        expect(fingerprintOf(rule, file, server, `\t ${words.join(' \t  ')}  `)).toBe(one);
        expect(fingerprintOf(`${rule}.`, file, server, words.join(' '))).not.toBe(one);
        expect(fingerprintOf(rule, `${file}.`, server, words.join(' '))).not.toBe(one);
        expect(fingerprintOf(rule, file, `${server}.`, words.join(' '))).not.toBe(one);
        expect(fingerprintOf(rule, file, server, `${words.join(' ')} more`)).not.toBe(one);
      },
    ),
  );
});

test('of a very long line the first thousand characters count', () => {
  const line = 'x'.repeat(1000);
  expect(fingerprintOf('r', 'f', 's', `${line}yyy`)).toBe(fingerprintOf('r', 'f', 's', line));
  expect(fingerprintOf('r', 'f', 's', line.slice(1))).not.toBe(fingerprintOf('r', 'f', 's', line));
});
