import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { run } from '../../../src/main.js';
import { SERVERS } from '../../../src/servers/index.js';
import { madeUpHost } from '../../made-up-host.js';

async function fleet(options: string, format = 'json') {
  const question = `fleet --per-worker 200 --rate 200 --cpu-time 10 --io-time 50 --slo p95<400ms --shape 2:4GiB ${options} --format ${format}`;
  const { host, out, err } = madeUpHost(question.split(' '));
  return { code: await run(host), out, err };
}

test.each(SERVERS.map(({ name }) => name))('a fleet of %s', async (name) => {
  const { code, out, err } = await fleet(`--server ${name}`);
  expect(code, err()).toBe(0);
  const { recommendation } = JSON.parse(out());
  expect(recommendation).toMatchObject({ server: name, meetsObjective: true });
  expect(Object.keys(recommendation.settings).length).toBeGreaterThan(1);
});

test('takes handlers of both kinds, behind a balancer', async () => {
  const { code, out, err } = await fleet('--server uvicorn --handlers async=70%,threads:40=30%');
  expect(code, err()).toBe(0);
  expect(JSON.parse(out()).recommendation).toMatchObject({ server: 'uvicorn', threads: 40 });
});

test('starts the server that was asked for, to be reached in its pod', async () => {
  const { out } = await fleet('--server uvicorn', 'kubernetes');
  const [container] = parse(out().split(/^---$/m)[0]!).spec.template.spec.containers;
  expect([...container.command, ...container.args].join(' ')).toMatch(
    /^uvicorn .*--host 0\.0\.0\.0 .*app:app$/,
  );
});

test.each([
  ['--server uwsgi --worker-class sync', '--worker-class: uWSGI has no worker classes'],
  ['--server waitress --handlers django', '--handlers: Waitress has no such handlers'],
  ['--server uwsgi --queue-timeout 3', '--queue-timeout: uWSGI ends no request'],
])('refuses %s in a sentence', async (options, message) => {
  const { code, err } = await fleet(options);
  expect(code).toBe(2);
  expect(err()).toContain(message);
});
