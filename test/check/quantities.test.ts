import { expect, test } from 'vitest';
import { diffServers } from '../../src/check/diff.js';
import type { CheckedServer } from '../../src/check/result.js';
import { ruleLevels } from '../../src/check/severities.js';
import { run } from '../../src/main.js';
import { madeUpHost } from '../made-up-host.js';
import { findingsIn, inCommand } from './checked.js';

/** A server of which nothing is known but this. */
const server = (known: object, name = 'web'): CheckedServer =>
  ({
    name,
    workerClass: null,
    workers: null,
    threads: null,
    slots: null,
    timeoutSeconds: null,
    cores: null,
    memoryLimitMiB: null,
    memoryMiB: null,
    replicas: null,
    dbConnections: null,
    pricePerMonth: null,
    prediction: null,
    ...known,
  }) as unknown as CheckedServer;

test('each quantity of a server is compared under its own name', () => {
  const own = {
    workerClass: 'sync',
    workers: 2,
    threads: 3,
    slots: 6,
    timeoutSeconds: 30,
    cores: 1.5,
    memoryLimitMiB: 512,
    memoryMiB: 400,
    replicas: 4,
    dbConnections: 24,
    pricePerMonth: 36.5,
  };
  const predicted = { capacityPerSecond: 90, meanMs: 11, p95Ms: 33, p99Ms: 44 };
  const all = server({ ...own, prediction: { ...predicted, utilization: { cpu: 0.25 } } });
  const expected = { ...own, capacityPerSecond: 90, cpuUtilization: 0.25, meanMs: 11, p95Ms: 33, p99Ms: 44 };
  const [added] = diffServers([], [all]);
  expect(added!.change).toBe('added');
  expect(added!.quantities).toEqual(
    Object.entries(expected).map(([quantity, after]) => ({ quantity, before: null, after })),
  );
  for (const { quantity } of added!.quantities) {
    const other = server({
      ...own,
      [quantity]: 'another',
      prediction: {
        ...predicted,
        utilization: { cpu: 0.25 },
        [quantity]: 7,
        ...(quantity === 'cpuUtilization' && { utilization: { cpu: 0.5 } }),
      },
    });
    const [{ change, quantities }] = diffServers([all], [other]) as [ReturnType<typeof diffServers>[number]];
    expect(change).toBe('changed');
    expect(quantities.filter(({ before, after }) => before !== after).map((one) => one.quantity)).toEqual([
      quantity,
    ]);
  }
  expect(diffServers([all], [all])[0]!.change).toBe('same');
});

test('the only servers there are belong together whatever they are called; of several, those of a name', () => {
  const pairs = (before: readonly string[], after: readonly string[]) =>
    diffServers(
      before.map((name) => server({ workers: 1 }, name)),
      after.map((name) => server({ workers: 1 }, name)),
    ).map(({ name, change }) => `${name} ${change}`);
  expect(pairs(['a'], ['b'])).toEqual(['b same']);
  expect(pairs(['a'], ['b', 'a'])).toEqual(['b added', 'a same']);
  expect(pairs(['a', 'b'], ['c'])).toEqual(['c added', 'a removed', 'b removed']);
  expect(pairs([], [])).toEqual([]);
});

async function answered(argv: readonly string[], files: Readonly<Record<string, string>> = {}) {
  const { host, out, err } = madeUpHost(['check', ...argv], { files });
  return { code: await run(host), out: out(), err: err() };
}
const only = async (
  options: string,
  files: Readonly<Record<string, string>> = { Procfile: 'web: gunicorn -w 2 a:b\n' },
) => {
  const { out } = await answered(
    [Object.keys(files)[0]!, '--json', ...options.split(' ').filter(Boolean)],
    files,
  );
  return (JSON.parse(out).servers as readonly CheckedServer[])[0]!;
};

test('connections to a database are counted where an option speaks of one', async () => {
  expect((await only('')).dbConnections).toBeNull();
  expect((await only('--db-pool 5')).dbConnections).toBe(10);
  expect((await only('--db-max-connections 90 --replicas 3')).dbConnections).toBe(6);
});

test('a price of cores that are not known leaves the whole not known', async () => {
  expect(
    (await only('--mem 4GiB --per-worker 1 --price-core 0.05/h --price-mem 0.01/h')).pricePerMonth,
  ).toBeNull();
});

test('an autoscaler shares the rate between its most replicas', async () => {
  const files = {
    'web.yaml': `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 2
  template: {spec: {containers: [{name: web, image: web, command: [gunicorn, -w, "2", a:b]}]}}
`,
  };
  const scaler = `---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web}
spec: {scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}, minReplicas: 3, maxReplicas: 6}
`;
  const asked = '--rate 60 --service-time 10ms';
  expect((await only(asked, files)).ratePerReplica).toBe(30);
  expect((await only(asked, { 'web.yaml': files['web.yaml'] + scaler })).ratePerReplica).toBe(10);
  expect(
    (await only(`${asked} --replicas 4`, { 'web.yaml': files['web.yaml'] + scaler })).ratePerReplica,
  ).toBe(15);
});

test('a section of rules that is empty changes none', () => {
  expect(ruleLevels({}, { data: null, where: () => 'wcalc.yaml:1' } as never)).toEqual({});
  expect(ruleLevels({}, undefined)).toEqual({});
});

test('a variable that is given may hold anything after its name', async () => {
  const files = { Procfile: 'web: gunicorn -w $N a:b\n' };
  expect((await only('', files)).workers).toBeNull();
  const { out } = await answered(['Procfile', '--json', '--env', 'N=3\n'], files);
  expect(JSON.parse(out).servers[0].workers).toBe(3);
  for (const wrong of ['N', '=3', '3N=3', 'N-O=3'])
    expect((await answered(['Procfile', '--env', wrong], files)).err).toMatch(
      new RegExp(`^wcalc: --env: "${wrong}" is not NAME=VALUE`),
    );
});

test('a class that is known by its path alone is moved with what is known of it', async () => {
  const { out } = await answered(['Procfile', '--to', 'uvicorn', '--json'], {
    Procfile: 'web: gunicorn -w 2 -k their.own.Worker a:b\n',
  });
  expect(JSON.parse(out).servers[0].why[0]).toBe('Gunicorn: what runs its requests is not known.');
});

test('requests that a platform lets in beyond the only slot wait', async () => {
  const service = (limit: number) => ({
    'service.yaml': `apiVersion: serving.knative.dev/v1
kind: Service
metadata: {name: shop}
spec: {template: {spec: {containerConcurrency: ${limit}, containers: [{image: shop, command: [gunicorn, -w, "1", a:b]}]}}}
`,
  });
  const found = async (limit: number) =>
    (await findingsIn(service(limit))).filter(({ rule }) => rule === 'concurrency-above-slots');
  expect((await found(9))[0]!.message).toBe(
    'containerConcurrency lets 9 requests in at once, and 1 is served at once: up to 8 wait',
  );
  expect(await found(1)).toEqual([]);
  expect(await inCommand('concurrency-above-slots', 'gunicorn -w 1 a:b')).toEqual([]);
});
