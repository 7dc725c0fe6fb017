import { expect, test } from 'vitest';
import { run } from '../../../src/main.js';
import { madeUpHost } from '../../made-up-host.js';

test('the name of a log is no command of a CI system in a profile, and reads back as it was', async () => {
  const name = '##vso[task.setvariable]\u202ea.log';
  const line = (n: number) =>
    `10.0.0.1 - - [30/Nov/2026:12:00:0${n} +0000] "GET / HTTP/1.1" 200 5 "-" "c" ${100_000 + 7919 * n}\n`;
  const files = { [name]: Array.from({ length: 9 }, (_, n) => line(n)).join('') };
  const { host, out } = madeUpHost(['fit', name, '--format', 'profile'], { files });
  expect(await run(host)).toBe(0);
  expect(out()).not.toMatch(/##vso|\u202e/);
  expect(JSON.parse(out()).files).toEqual([name]);
});
