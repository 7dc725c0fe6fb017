import { expect, test } from 'vitest';
import { run } from '../../src/main.js';
import { madeUpHost } from '../made-up-host.js';

const deployment = (name: string, cpu = 'requests: {cpu: "1"}') => `apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}}
spec:
  selector: {matchLabels: {app: ${name}}}
  template:
    metadata: {labels: {app: ${name}, tier: web}}
    spec:
      containers:
        - {name: web, image: "example.org/${name}:1", resources: {${cpu}}, command: [gunicorn, --workers=3, --worker-tmp-dir=/dev/shm, shop.wsgi]}
`;
const hpa = (name: string, least: number, percent: number) => `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: ${name}}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: ${name}}
  minReplicas: ${least}
  maxReplicas: 12
  metrics: [{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: ${percent}}}}]
`;
const budget = (labels: string, line: string) => `apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: any}
spec: {${line}, selector: {matchLabels: {${labels}}}}
`;
const OBJECTIVE = [
  '--cores',
  '1',
  '--service-time',
  '60ms',
  '--io-ratio',
  '0.5',
  '--rate',
  '60/s',
  '--slo',
  'p95<250ms',
];

async function found(objects: readonly string[], ...more: string[]) {
  const { host, out } = madeUpHost(['check', 'web.yaml', '--per-worker', '100', '--json', ...more], {
    files: { 'web.yaml': objects.join('---\n') },
  });
  await run(host);
  const { findings } = JSON.parse(out()) as {
    findings: { rule: string; message: string; fix: string; line: number }[];
  };
  return findings.filter(({ rule }) => /^(autoscaler|budget)-/.test(rule));
}
const rules = async (...asked: Parameters<typeof found>) => (await found(...asked)).map(({ rule }) => rule);

test('of two at their target, the loss of one may be too much for the other', async () => {
  // With 30 ms of CPU a replica at 50 % gets 16.7 req/s, which holds; the other of two then gets 33.3.
  expect(await found([deployment('shop'), hpa('shop', 2, 50)], ...OBJECTIVE)).toEqual([
    expect.objectContaining({
      rule: 'autoscaler-least-replicas',
      message: expect.stringMatching(/2 replicas .* leaves 33\.3 req\/s .*p95<250ms/),
    }),
  ]);
  expect(await rules([deployment('shop'), hpa('shop', 2, 25)], ...OBJECTIVE)).toEqual([]);
  expect(await rules([deployment('shop'), hpa('shop', 2, 90)], ...OBJECTIVE)).toEqual([
    'autoscaler-target-too-high',
  ]);
});

test('the replicas that are named instead of them survive the loss of one, and so does a lower target', async () => {
  const asked = async (least: number, percent: number, ...options: readonly string[]) =>
    (await found([deployment('shop'), hpa('shop', least, percent)], ...options))[0];
  const few = await asked(2, 50, ...OBJECTIVE);
  const enough = Number(/^set at least (\d+), or lower the target$/.exec(few!.fix)![1]);
  expect(enough).toBeGreaterThan(2);
  expect(await asked(enough, 50, ...OBJECTIVE)).toBeUndefined();
  const high = await asked(3, 90, ...OBJECTIVE);
  const most = Number(/^set the target to (\d+) or less$/.exec(high!.fix)![1]);
  expect(await asked(9, most, ...OBJECTIVE)).toBeUndefined();
  // Of an objective that nobody gave, or a time that is not known, nothing is said.
  const known = OBJECTIVE.slice(0, OBJECTIVE.indexOf('--slo'));
  expect(await asked(2, 90, ...known)).toBeUndefined();
  expect(await asked(2, 90)).toBeUndefined();
});

test('one replica at the least is none that another stands in for', async () => {
  const least = async (replicas: number) => (await found([deployment('shop'), hpa('shop', replicas, 50)]))[0];
  expect(await least(1)).toMatchObject({
    message: 'one replica is left in quiet hours, and its loss leaves nobody to answer',
    fix: 'set at least 2',
  });
  expect((await least(0))!.message).toMatch(/^no replica is left in quiet hours/);
  expect(await least(2)).toBeUndefined();
});

test('each workload has the autoscaler that names it', async () => {
  const objects = [deployment('shop'), deployment('api'), hpa('api', 1, 50), hpa('shop', 2, 50)];
  expect((await found(objects)).map(({ rule }) => rule)).toEqual(['autoscaler-least-replicas']);
});

test('older autoscalers and those of KEDA are read too', async () => {
  const first = hpa('shop', 2, 95)
    .replace('autoscaling/v2', 'autoscaling/v1')
    .replace(/ {2}metrics: .*\n/, '  targetCPUUtilizationPercentage: 95\n');
  const keda = `apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata: {name: shop}
spec:
  scaleTargetRef: {name: shop}
  minReplicaCount: 2
  maxReplicaCount: 12
  triggers: [{type: cpu, metricType: Utilization, metadata: {value: "95"}}]
`;
  for (const scaler of [first, keda])
    expect(await rules([deployment('shop'), scaler], ...OBJECTIVE)).toEqual(['autoscaler-target-too-high']);
});

test('a budget counts where its labels are those of the pods, and rounds percentages up', async () => {
  const scaled = [deployment('shop'), hpa('shop', 2, 50)];
  expect(await rules([...scaled, budget('app: shop', 'minAvailable: 51%')])).toEqual([
    'budget-blocks-drains',
  ]);
  expect(await rules([...scaled, budget('app: shop', 'minAvailable: 50%')])).toEqual([]);
  expect(await rules([...scaled, budget('tier: web', 'maxUnavailable: 51%')])).toEqual([
    'budget-protects-nothing',
  ]);
  expect(await rules([...scaled, budget('app: api', 'maxUnavailable: 0')])).toEqual([]);
  // Of one replica, or of an unknown number, a budget says nothing wrong by allowing all.
  expect(await rules([deployment('shop'), budget('app: shop', 'maxUnavailable: 1')])).toEqual([]);
});

test('a replica that may use no more than it requests has percentages that mean what they say', async () => {
  const both = 'requests: {cpu: 500m}, limits: {cpu: 500m}';
  expect(await rules([deployment('shop', both), hpa('shop', 2, 70)])).toEqual([]);
  expect(await rules([deployment('shop', 'requests: {cpu: 250m}'), hpa('shop', 2, 70)])).toEqual([
    'autoscaler-percent-of-request',
  ]);
});
