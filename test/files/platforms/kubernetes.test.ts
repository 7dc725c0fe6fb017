import { describe, expect, test } from 'vitest';
import { one, read, workload } from './kubernetes-objects.js';
import { commandTold, environmentTold, told } from './told.js';

const value = (text: string) => text.split('@')[0];

describe('a container', () => {
  test('has name, command, arguments, resources, grace and directories in memory', () => {
    const found = one({
      container: {
        image: 'x:1',
        command: ['gunicorn', '-w', '$(N)', '$$(M)', '$HOME'],
        args: ['app:app'],
        resources: { limits: { cpu: '500m', memory: '1Gi' }, requests: { cpu: 0.25, memory: '512Mi' } },
        volumeMounts: [
          { name: 'shm', mountPath: '/shm' },
          { name: 'data', mountPath: '/data' },
        ],
      },
      pod: {
        terminationGracePeriodSeconds: 45,
        volumes: [
          { name: 'shm', emptyDir: { medium: 'Memory' } },
          { name: 'data', emptyDir: {} },
        ],
      },
    });
    expect([found.name, found.image, commandTold(found.command)]).toEqual([
      'Deployment web / app',
      'x:1',
      'app:app',
    ]);
    expect(commandTold(found.entrypoint)).toMatch(/^gunicorn\|-w\|\$\{N\}\|\$\(M\)\|\$HOME$/);
    const { cpuLimit, cpuRequest, memoryLimitMiB, memoryRequestMiB } = found.resources;
    expect(
      [cpuLimit, cpuRequest, memoryLimitMiB, memoryRequestMiB, found.stopGraceSeconds].map(told).map(value),
    ).toEqual(['0.5', '0.25', '1024', '512', '45']);
    expect(found.memoryDirectories).toEqual(['/shm']);
  });

  test('is found wherever its kind keeps the pod', () => {
    const pod = { containers: [{ name: 'app' }] };
    const names = read(
      {
        kind: 'CronJob',
        metadata: { name: 'c' },
        spec: { jobTemplate: { spec: { template: { spec: pod } } } },
      },
      { kind: 'Pod', metadata: { name: 'p' }, spec: pod },
      { kind: 'List', items: [{ kind: 'Pod', spec: pod }] },
      { kind: 'ConfigMap', metadata: { name: 'm' } },
    ).map(({ name }) => name);
    expect(names).toEqual(['CronJob c / app', 'Pod p / app', 'Pod unnamed / app']);
  });

  test('has variables of its own, of maps, of resources, and such that are not known', () => {
    const map = { kind: 'ConfigMap', metadata: { name: 'm' }, data: { A: '1', B: '2' } };
    const from = (kind: string, name: string, key: string) => ({ valueFrom: { [kind]: { name, key } } });
    const field = (resource: string, divisor?: string) => ({
      valueFrom: { resourceFieldRef: { resource, ...(divisor && { divisor }) } },
    });
    const found = one(
      {
        container: {
          resources: { limits: { cpu: '1500m', memory: '1Gi' } },
          envFrom: [{ configMapRef: { name: 'm' }, prefix: 'P_' }, { secretRef: { name: 's' } }],
          env: [
            { name: 'X', value: '$(P_A)-$$(P_A)-$(NONE)' },
            { name: 'Y', ...from('configMapKeyRef', 'm', 'B') },
            { name: 'Z', ...from('configMapKeyRef', 'gone', 'B') },
            { name: 'S', ...from('secretKeyRef', 's', 'k') },
            { name: 'T', value: 'a$(S)' },
            { name: 'CPU', ...field('limits.cpu') },
            { name: 'MILLI', ...field('requests.cpu', '1m') },
            { name: 'MEM', ...field('limits.memory', '1Mi') },
            { name: 'DISK', ...field('limits.disk') },
            { name: 'ODD', ...field('limits.cpu', 'x') },
            { name: 'EMPTY' },
            { value: 'nameless' },
          ],
        },
      },
      map,
    );
    expect(environmentTold(found)).toEqual([
      'P_A=1',
      'P_B=2',
      'X=1-$(P_A)-$(NONE)',
      'Y=2',
      'Z? Z comes from config map gone, which was not given',
      'S? S comes from a secret or another object, which was not given',
      'T? it refers to variables that are not known',
      'CPU=2',
      'MILLI=1500',
      'MEM=1024',
      "DISK? there is no limits.disk, for which the machine's own is taken",
      'ODD? its divisor is not read',
      'EMPTY=',
    ]);
    expect(found.environmentIncomplete).toBe('envFrom s, which was not given');
  });

  test.each([
    [{ httpGet: {} }, 21 + 9],
    [{ httpGet: {}, periodSeconds: 5, failureThreshold: 2, timeoutSeconds: 7 }, 12],
    [{ httpGet: {}, failureThreshold: 0 }, 10],
    [{ httpGet: {}, periodSeconds: 'x' }, null],
    [{ tcpSocket: {} }, null],
  ])('with the probe %j is started anew after %s s', (livenessProbe, seconds) => {
    expect(one({ container: { livenessProbe } }).traffic.liveness?.seconds ?? null).toBe(seconds);
  });

  test('takes as many requests at once as Knative lets it, where that is a limit', () => {
    const limit = (containerConcurrency?: number) =>
      one({ pod: { containerConcurrency } }).traffic.concurrency;
    expect(told(limit(20)!.limit)).toMatch(/^20@/);
    expect([limit(0), limit()]).toEqual([null, null]);
  });
});

describe('copies', () => {
  const scaler = (spec: object, kind = 'HorizontalPodAutoscaler') => ({
    kind,
    metadata: { name: 'h' },
    spec: { scaleTargetRef: { kind: 'Deployment', name: 'web' }, ...spec },
  });
  const scaling = (spec: object, kind?: string) => {
    const { most, scaling: found } = one({}, scaler(spec, kind)).copies;
    return found && [most, found.least, found.cpuPercent].map(told).map(value);
  };

  test('are those that an autoscaler leaves, at the busy share that it holds', () => {
    const target = (averageUtilization: number) => ({ name: 'cpu', target: { averageUtilization } });
    expect(
      scaling({
        minReplicas: 2,
        maxReplicas: 9,
        metrics: [{ resource: { name: 'memory' } }, { resource: target(70) }],
      }),
    ).toEqual(['9', '2', '70']);
    expect(scaling({ maxReplicas: 9, metrics: [{ containerResource: target(60) }] })).toEqual([
      '9',
      '1',
      '60',
    ]);
    expect(
      scaling({ maxReplicas: 9, metrics: [{ resource: { name: 'cpu', targetAverageUtilization: 50 } }] }),
    ).toEqual(['9', '1', '50']);
    expect(scaling({ maxReplicas: 9, targetCPUUtilizationPercentage: 40 })).toEqual(['9', '1', '40']);
    expect(scaling({ maxReplicas: 9 })).toEqual(['9', '1', '-']);
  });

  test('of KEDA are 0 to 100 where nothing is said, and go by CPU only where they are told to', () => {
    const cpu = (rest: object) => ({ triggers: [{ type: 'cpu', ...rest }] });
    expect(scaling({}, 'ScaledObject')).toEqual(['100', '0', '-']);
    expect(
      scaling(
        {
          minReplicaCount: 1,
          maxReplicaCount: 5,
          ...cpu({ metricType: 'Utilization', metadata: { value: '60' } }),
        },
        'ScaledObject',
      ),
    ).toEqual(['5', '1', '60']);
    expect(scaling(cpu({ metadata: { type: 'Utilization', value: '55' } }), 'ScaledObject')).toEqual([
      '100',
      '0',
      '55',
    ]);
    expect(scaling(cpu({ metricType: 'AverageValue', metadata: { value: '1' } }), 'ScaledObject')).toEqual([
      '100',
      '0',
      '-',
    ]);
  });

  test('of another workload are not these; of one alone the name does not matter, the kind does', () => {
    const other = scaler({ scaleTargetRef: { kind: 'Deployment', name: 'x' }, maxReplicas: 9 });
    expect(one({}, other).copies.scaling).not.toBeNull();
    const stateful = scaler({ scaleTargetRef: { kind: 'StatefulSet', name: 'web' }, maxReplicas: 9 });
    expect(one({}, stateful).copies.scaling).toBeNull();
    const two = read(workload(), { ...workload(), metadata: { name: 'x' } }, other);
    expect(two.map(({ copies }) => copies.scaling !== null)).toEqual([false, true]);
  });

  test('run beside those of a new version by a quarter, rounded up, or what is set; not where all are replaced', () => {
    const surge = (spec: object, kind?: string) =>
      one({ spec, ...(kind && { kind }) }).copies.surge?.(10) ?? null;
    const rolling = (maxSurge: unknown) => ({ strategy: { rollingUpdate: { maxSurge } } });
    expect(surge({})).toBe(3);
    expect(surge(rolling('50%'))).toBe(5);
    expect(surge(rolling(2))).toBe(2);
    expect(surge(rolling('x'))).toBe(0);
    expect(surge({ strategy: { type: 'Recreate' } })).toBeNull();
    expect(surge({}, 'StatefulSet')).toBeNull();
    expect(told(one({ spec: { replicas: 4 } }).copies.replicas)).toMatch(/^4@/);
    expect(told(one({ annotations: { 'autoscaling.knative.dev/max-scale': '6' } }).copies.most)).toMatch(
      /^6@/,
    );
    expect(told(one({ annotations: { 'autoscaling.knative.dev/maxScale': '7' } }).copies.most)).toMatch(
      /^7@/,
    );
  });

  test('are let go as a budget of their labels says', () => {
    const budget = (spec: object) => {
      const found = one(
        {},
        {
          kind: 'PodDisruptionBudget',
          metadata: { name: 'b' },
          spec: { selector: { matchLabels: { app: 'web' } }, ...spec },
        },
      ).copies.budget;
      return found && [found.setting, ...[0, 3, 10].map((replicas) => found.evictable(replicas))];
    };
    expect(budget({ maxUnavailable: 1 })).toEqual(['maxUnavailable: 1', 0, 1, 1]);
    expect(budget({ maxUnavailable: '25%' })).toEqual(['maxUnavailable: 25%', 0, 1, 3]);
    expect(budget({ minAvailable: 2 })).toEqual(['minAvailable: 2', 0, 1, 8]);
    expect(budget({ minAvailable: '80%' })).toEqual(['minAvailable: 80%', 0, 0, 2]);
    expect(budget({ minAvailable: 'most' })).toBeNull();
    expect(budget({})).toBeNull();
    expect(budget({ minAvailable: 1, selector: { matchLabels: { app: 'x' } } })).toBeNull();
    expect(budget({ minAvailable: 1, selector: {} })).toBeNull();
    expect(
      budget({ minAvailable: 1, selector: { matchLabels: { app: 'web' }, matchExpressions: [] } }),
    ).toBeNull();
  });
});
