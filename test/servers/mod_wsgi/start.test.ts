import { expect, test } from 'vitest';
import { run } from '../../../src/main.js';
import { madeUpHost } from '../../made-up-host.js';

/** Options of mod_wsgi-express start-server that wcalc writes (src/express/options.py of mod_wsgi). */
const OPTIONS = [
  ...['--processes', '--threads', '--max-clients', '--daemon-backlog', '--graceful-timeout', '--port'],
  ...['--application-type', '--callable-object'],
];

test('mod_wsgi-express is started with options that it has', async () => {
  const argv = ['--server=mod_wsgi', '--cores=2', '--mem=1GiB', '--per-worker=150', '--format=procfile'];
  const { host, out } = madeUpHost(argv);
  expect(await run(host)).toBe(0);
  const command = out().slice(out().indexOf('mod_wsgi-express'));
  const words = command.match(/(?<= )--[\w-]+/g)!;
  expect(words.filter((word) => !OPTIONS.includes(word))).toEqual([]);
  expect(words).toContain('--daemon-backlog');

  const check = madeUpHost(['check', 'Procfile', '--json'], { files: { Procfile: out() } });
  await run(check.host);
  const { findings, servers } = JSON.parse(check.out());
  expect(servers[0]).toMatchObject({ server: 'mod_wsgi', judged: 'fully' });
  expect(findings).toEqual([]);
});
