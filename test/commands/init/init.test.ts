import { expect, test } from 'vitest';
import { run } from '../../../src/main.js';
import { madeUpHost } from '../../made-up-host.js';

const deployment = (name: string, limits: string, replicas = 3): string => `apiVersion: apps/v1
kind: Deployment
metadata: { name: ${JSON.stringify(name)} }
spec:
  replicas: ${replicas}
  selector: { matchLabels: { app: api } }
  template:
    metadata: { labels: { app: api } }
    spec:
      containers:
        - name: app
          image: api
          command: [uvicorn, app.main:app, --workers, "4"]
          resources: { limits: ${limits} }
`;

async function init(files: Readonly<Record<string, string>>, ...argv: readonly string[]) {
  const { host, out, err } = madeUpHost(['init', ...argv], { files });
  const code = await run(host);
  const text = host.files.status('wcalc.yaml') ? host.files.readText('wcalc.yaml') : '';
  return { code, text, out: out(), err: err() };
}

const valuesOf = (text: string): readonly string[] => text.match(/^\w+: .*$/gm) ?? [];

test('what the files say stands there with its place, the rest as examples with the command that measures it', async () => {
  const { code, text, out } = await init(
    { 'api.yaml': deployment('api', '{ cpu: 2, memory: 1Gi }') },
    'api.yaml',
  );
  expect(code).toBe(0);
  expect(valuesOf(text)).toEqual(['cores: 2', 'mem: 1024MiB', 'server: uvicorn', 'replicas: 3']);
  expect(text).toContain('# CPUs: Deployment api / app, api.yaml:14\ncores: 2\n');
  expect(text).toMatch(/^# .*wcalc fit access\.log\n#rate: /m);
  expect(text).toContain('\n#workers: 4\n');
  expect(out).toBe('wcalc.yaml: 4 values known, 8 values to measure or to leave out\n');
});

test('with every example taken as it is the file answers plan and check', async () => {
  const files = { 'api.yaml': deployment('api', '{ cpu: 2, memory: 1Gi }') };
  const { text } = await init(files, 'api.yaml');
  const filled = text.replace(/^#(?=\w+: )/gm, '');
  for (const argv of [
    ['plan', '--json'],
    ['check', '--json', 'api.yaml'],
  ]) {
    const { host, out, err } = madeUpHost(argv, { files: { ...files, 'wcalc.yaml': filled } });
    expect([0, 1]).toContain(await run(host));
    expect(err()).not.toContain('wcalc:');
    expect(JSON.parse(out())).toHaveProperty('schemaVersion', 1);
  }
});

test('limits that differ are left to the user, each with its server', async () => {
  const files = {
    'api.yaml': deployment('api', '{ cpu: 2, memory: 1Gi }'),
    'jobs.yaml': deployment('jobs', '{ cpu: 1, memory: 1Gi }', 1),
  };
  const { text } = await init(files, 'api.yaml', 'jobs.yaml');
  expect(valuesOf(text)).toEqual(['mem: 1024MiB', 'server: uvicorn']);
  expect(text.replaceAll('\n# ', ' ')).toContain(
    'CPUs: 2 of Deployment api / app, api.yaml:14; 1 of Deployment jobs / app, jobs.yaml:14',
  );
});

test('nothing is taken from this machine as if the server ran here', async () => {
  const { code, text } = await init({});
  expect(code).toBe(0);
  expect(valuesOf(text)).toEqual([]);
});

test('a file that is there is left as it is', async () => {
  const { code, text, err } = await init({ 'wcalc.yaml': 'cores: 8\n' });
  expect(code).toBe(2);
  expect(text).toBe('cores: 8\n');
  expect(err).toBe(
    'wcalc: wcalc.yaml: is there already; remove it, or name another file with --output FILE\n',
  );
});

test('a name cannot break out of its comment', async () => {
  const { text } = await init(
    { 'api.yaml': deployment('api\nrate: 1\u001b[31m\u202e', '{ cpu: 2, memory: 1Gi }') },
    'api.yaml',
  );
  expect(valuesOf(text)).toEqual(['cores: 2', 'mem: 1024MiB', 'server: uvicorn', 'replicas: 3']);
  expect(text).not.toMatch(/[\u001b\u202e]/);
});
