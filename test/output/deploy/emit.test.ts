import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { Deployment } from 'kubernetes-models/apps/v1';
import { afterAll, expect, test } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { ansibleVariables } from '../../../src/output/deploy/ansible.js';
import { composeOverride } from '../../../src/output/deploy/compose.js';
import { dockerfileCommand } from '../../../src/output/deploy/dockerfile.js';
import { environment } from '../../../src/output/deploy/env.js';
import { helmValues } from '../../../src/output/deploy/helm.js';
import { kubernetesDeployment, kubernetesPatch } from '../../../src/output/deploy/kubernetes.js';
import { procfile } from '../../../src/output/deploy/procfile.js';
import { systemdDropIn } from '../../../src/output/deploy/systemd.js';
import { shellLine, type Target } from '../../../src/output/deploy/target.js';
import { gunicornConf } from '../../../src/servers/gunicorn/conf-text.js';
import { gunicorn } from '../../../src/servers/gunicorn/index.js';
import { argumentWords } from '../../../src/servers/gunicorn/start.js';
import { hashComment } from '../../../src/text/quote/comment.js';
import { pythonLiteral } from '../../../src/text/quote/python.js';
import { shellWord } from '../../../src/text/quote/shell.js';
import { hasTool } from '../../support/require-tool.js';

const folder = mkdtempSync(join(tmpdir(), 'wcalc-emit-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const settings = {
  worker_class: 'gthread',
  workers: 4,
  threads: 8,
  worker_connections: 8,
  timeout: 30,
  graceful_timeout: 30,
  keepalive: 2,
  max_requests: 1000,
  max_requests_jitter: 100,
  preload_app: true,
  worker_tmp_dir: '/dev/shm',
};
const target: Target = {
  server: 'gunicorn',
  title: 'Gunicorn',
  settings,
  ...gunicorn.start(settings),
  cores: 0.5,
  memoryMiB: 511.5,
  replicas: 3,
  head: ['Made by wcalc.', 'two\nlines: "quoted" # and more'],
};
const words = [
  '--worker-class',
  'gthread',
  '--workers',
  '4',
  '--threads',
  '8',
  '--worker-connections',
  '8',
  '--timeout',
  '30',
  '--graceful-timeout',
  '30',
  '--keep-alive',
  '2',
  '--max-requests',
  '1000',
  '--max-requests-jitter',
  '100',
  '--preload',
  '--worker-tmp-dir',
  '/dev/shm',
];

test('settings become the words of the Gunicorn command line, switches without a value', () => {
  expect(argumentWords(settings)).toEqual(words);
  expect(argumentWords({ preload_app: false })).toEqual([]);
});

test('any text survives a POSIX shell as one word', () => {
  fc.assert(
    fc.property(
      fc
        .string({ unit: 'binary', maxLength: 40 })
        .filter((t) => !t.includes('\0') && Buffer.from(t).toString() === t),
      (text) => {
        const seen = execFileSync('sh', ['-c', `printf %s ${shellWord(text)}`]).toString();
        expect(seen).toBe(text);
      },
    ),
    { numRuns: 60, seed: 11 },
  );
});

test('any text survives Python as one literal, and a comment stays one line', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
      const source = `${hashComment([text])}\nimport json,sys\nsys.stdout.write(json.dumps(${pythonLiteral(text)}))`;
      const seen = spawnSync('python3', ['-'], {
        input: source.replace(/[\ud800-\udfff]/g, '?'),
        encoding: 'utf8',
      });
      expect(seen.stderr).toBe('');
      expect(JSON.parse(seen.stdout)).toBe(text);
    }),
    { numRuns: 15, seed: 12 },
  );
  expect(pythonLiteral('a"b\\c\né')).toBe('"a\\"b\\\\c\\n\\u00e9"');
  expect([pythonLiteral(true), pythonLiteral(false), pythonLiteral(30)]).toEqual(['True', 'False', '30']);
});

test('the environment, evaluated by a shell, is exported to what it starts', () => {
  const script = `eval "$1"; sh -c 'printf "%s|%s" "$WEB_CONCURRENCY" "$GUNICORN_CMD_ARGS"'`;
  const seen = execFileSync('sh', ['-c', script, 'sh', environment(target)]).toString();
  expect(seen).toBe(`4|${shellLine(words)}`);
});

test('a Procfile has one web process', () => {
  const [web] = procfile(target)
    .split('\n')
    .filter((line) => !line.startsWith('#'));
  expect(web).toBe(`web: gunicorn ${words.join(' ')} app:app`);
});

test.runIf(hasTool('systemd-analyze'))('systemd accepts the drop-in', () => {
  mkdirSync(join(folder, 'web.service.d'));
  writeFileSync(join(folder, 'web.service'), '[Service]\nExecStart=/bin/true\n');
  writeFileSync(join(folder, 'web.service.d/10-wcalc.conf'), systemdDropIn(target));
  const verified = spawnSync('systemd-analyze', ['verify', '--man=no', join(folder, 'web.service')], {
    encoding: 'utf8',
    env: { ...process.env, SYSTEMD_UNIT_PATH: `${folder}:` },
  });
  expect(
    verified.stderr.split('\n').filter((line) => line.includes('wcalc.conf') || line.includes('web.service')),
  ).toEqual([]);
  expect(systemdDropIn(target)).toContain('CPUQuota=50%\nMemoryMax=512M');
});

test.each([
  [0.5, 'CPUQuota=50%'],
  // Never less than was planned for, and no more for the last digit of a product.
  [1 / 3, 'CPUQuota=34%'],
  [0.07, 'CPUQuota=7%'],
  [1.001, 'CPUQuota=101%'],
  [214_748.36, 'CPUQuota=21474836%'],
  [214_748.37, '# No CPUQuota: systemd takes none above 21474836%.'],
  [1e6, '# No CPUQuota: systemd takes none above 21474836%.'],
])('of %d cores systemd is given the quota %s', (cores, line) => {
  expect(systemdDropIn({ ...target, cores }).split('\n')).toContain(line);
});

test('the Compose override sets environment and limits', () => {
  expect(parseYaml(composeOverride(target))).toEqual({
    services: {
      web: {
        stop_grace_period: '40s',
        environment: { WEB_CONCURRENCY: '4', GUNICORN_CMD_ARGS: shellLine(words) },
        deploy: { replicas: 3, resources: { limits: { cpus: '0.5', memory: '512M' } } },
      },
    },
  });
});

test('the Kubernetes Deployment and the patch carry arguments, resources and a grace period beyond Gunicorn’s', () => {
  const planned = { cpu: '500m', memory: '512Mi' };
  const deployment = parseYaml(kubernetesDeployment(target));
  const pod = deployment.spec.template.spec;
  expect(deployment.spec.replicas).toBe(3);
  expect(pod.containers[0].args).toEqual([...words, '--bind', '0.0.0.0:8000', 'app:app']);
  expect(pod.containers[0].resources).toEqual({ requests: planned, limits: planned });
  expect(pod.terminationGracePeriodSeconds).toBe(40);
  const patched = parseYaml(kubernetesPatch(target)).spec.template.spec.containers[0];
  expect(patched).toEqual({
    name: 'web',
    env: [{ name: 'GUNICORN_CMD_ARGS', value: shellLine(words) }],
    resources: { requests: planned, limits: planned },
  });
});

test.each([
  [0.07, '70m'],
  [1 / 3, '334m'],
  [1.5, '1500m'],
  [4, '4'],
])('a container is given %d cores as %s', (cores, cpu) => {
  const { resources } = parseYaml(kubernetesDeployment({ ...target, cores })).spec.template.spec
    .containers[0];
  expect([resources.requests.cpu, resources.limits.cpu]).toEqual([cpu, cpu]);
});

test('the Deployment as a whole, of one replica and without a size of memory', () => {
  const small = { ...target, head: ['Made by wcalc.'], replicas: 1, memoryMiB: null, cores: 2 };
  const words = small.words
    .map((word) => `            - ${/^\d+$/.test(word) ? `"${word}"` : word}\n`)
    .join('');
  expect(kubernetesDeployment(small)).toBe(`# Made by wcalc.
# Replace the image, the name and app:app by your own; add your probes.
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replicas: 1
  selector:
    matchLabels:
      app: web
  template:
    metadata:
      labels:
        app: web
    spec:
      terminationGracePeriodSeconds: 40
      containers:
        - name: web
          image: example.com/web:latest
          command:
            - gunicorn
          args:
${words}            - --bind
            - 0.0.0.0:8000
            - app:app
          resources:
            requests:
              cpu: "2"
            limits:
              cpu: "2"
`);
  expect(systemdDropIn(small)).not.toContain('Memory');
  expect(parseYaml(composeOverride(small)).services.web.deploy).toEqual({
    resources: { limits: { cpus: '2' } },
  });
});

test('the patch as a whole, with replicas only where there are several', () => {
  const patch = (replicas: number) => kubernetesPatch({ ...target, head: ['Made by wcalc.'], replicas });
  const [first, second, ...rest] = patch(3).split('\n');
  expect([first, second]).toEqual(['# Made by wcalc.', '# kubectl patch deployment web --patch-file FILE']);
  expect(rest.join('\n')).toMatch(
    /^apiVersion: apps\/v1\nkind: Deployment\nmetadata:\n {2}name: web\nspec:\n {2}replicas: 3\n {2}template:/,
  );
  expect(patch(1)).toBe(patch(3).replace('  replicas: 3\n', ''));
});

test('a server that reads no variables has no environment, and is told so', () => {
  expect(() => environment({ ...target, title: 'Daphne', environment: null })).toThrow(
    /^--format env: Daphne reads its settings from no variables; accepted: args, /,
  );
});

test('the Deployment, and a Deployment with the patch in it, are valid in the schema of Kubernetes', () => {
  const deployment = parseYaml(kubernetesDeployment(target));
  new Deployment(deployment).validate();
  const patch = parseYaml(kubernetesPatch(target));
  const { containers, ...pod } = patch.spec.template.spec;
  const original = deployment.spec.template.spec;
  const patched = { ...original, ...pod, containers: [{ ...original.containers[0], ...containers[0] }] };
  const template = { ...deployment.spec.template, spec: patched };
  new Deployment({ ...deployment, spec: { ...deployment.spec, ...patch.spec, template } }).validate();
  expect(() => new Deployment({ ...deployment, spec: {} as never }).validate()).toThrow(/selector/);
});

test('Helm values and Ansible variables are YAML with the planned numbers', () => {
  expect(parseYaml(helmValues(target)).replicaCount).toBe(3);
  expect(parseYaml(ansibleVariables(target))).toMatchObject({
    gunicorn_workers: 4,
    gunicorn_preload_app: true,
  });
});

test('the Dockerfile command is in exec form', () => {
  const command = dockerfileCommand(target).split('\n').at(-1)!;
  expect(JSON.parse(command.replace(/^CMD /, ''))).toEqual([
    'gunicorn',
    ...words,
    '--bind',
    '0.0.0.0:8000',
    'app:app',
  ]);
});

test.runIf(hasTool('gunicorn'))('Gunicorn accepts the configuration file', () => {
  const conf = gunicornConf({ settings, reasons: { workers: 'four\nof them' }, head: ['Made by wcalc.'] });
  writeFileSync(join(folder, 'gunicorn.conf.py'), conf.text);
  writeFileSync(join(folder, 'app.py'), 'def app(environ, start_response): pass\n');
  const checked = spawnSync('gunicorn', ['--check-config', '-c', 'gunicorn.conf.py', 'app:app'], {
    cwd: folder,
    encoding: 'utf8',
  });
  expect(checked.stderr).toBe('');
  expect(checked.status).toBe(0);
});
