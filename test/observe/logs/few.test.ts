import { expect, test } from 'vitest';
import { run } from '../../../src/main.js';
import { madeUpHost } from '../../made-up-host.js';

const LINE =
  '10.0.0.7 - - [20/Nov/2026:09:00:00 +0000] "GET / HTTP/1.1" 200 6220 "-" "Mozilla/5.0" 13389 <4101>\n';

async function learnt(files: Record<string, string>, ...argv: string[]) {
  const made = madeUpHost(['fit', ...argv], { files });
  const code = await run(made.host);
  return { code, out: made.out(), err: made.err() };
}

test('one request has no rate, and is spoken of in the singular', async () => {
  const { code, out } = await learnt({ 'a.log': LINE }, 'a.log');
  expect(code).toBe(0);
  expect(out).toMatch(/^log +1 request in 1 line;/);
  expect(out).toMatch(/^rate +not known$/m);
  expect(out).toContain('1 process served them all');
  expect(out).toContain('the rate, of which one request says nothing');
  const { arrivals } = JSON.parse((await learnt({ 'a.log': LINE }, 'a.log', '--json')).out);
  expect(arrivals.meanPerSecond).toBeNull();
  expect((await learnt({ 'a.log': LINE }, 'a.log', '--format', 'yaml')).out).not.toMatch(/^rate:/m);
});

test('a log that is given twice is refused, for it would count twice', async () => {
  const { code, err } = await learnt({ 'a.log': LINE.repeat(5) }, 'a.log', 'a.log');
  expect(code).toBe(2);
  expect(err).toBe('wcalc: LOG: a.log is given twice and would count twice; give each log once\n');
});
