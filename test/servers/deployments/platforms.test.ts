// biome-ignore-all lint/suspicious/noTemplateCurlyInString: shell variables
import { describe, expect, it } from 'vitest';
import { oneServer, projectOf, settingsText } from './servers-of.js';

const POD = (command: string, more = '') =>
  `kind: Deployment\nmetadata: {name: n}\nspec:\n  template:\n    metadata: {labels: {app: n}}\n    spec:\n      containers:\n        - name: c\n          command: ${command}\n${more}`;
const workers = async (files: Record<string, string>, beside: Record<string, string> = {}) =>
  settingsText(await oneServer(files, beside), 'workers').replace(/^workers=/, '');

describe('what stands before the command', () => {
  it.each([
    ['/wait-for-it.sh db:5432 -t 30 -- gunicorn -w 3 a:b'],
    ['wait-for db:5432 -- sh -c "gunicorn -w 3 a:b"'],
  ])('is passed over: %s', async (command) => {
    const compose = `services:\n  web: {image: x, command: ${JSON.stringify(command)}}\n`;
    expect(await workers({ 'compose.yaml': compose })).toMatch(/^3@/);
  });

  it.each([['exec $(command -v gunicorn) -w 3 a:b\n'], ['G=$(which gunicorn)\n"$G" -w 3 a:b\n']])(
    'is found by asking for its path: %s',
    async (script) => {
      expect(await workers({ 'start.sh': script })).toMatch(/^3@/);
    },
  );

  it('names a script that ends with an error before its server', async () => {
    const script = 'MODE=dev\n[ "$MODE" = prod ] || exit 1\nexec gunicorn -w 3 a:b\n';
    const { unjudged } = await projectOf({ Procfile: 'web: sh start.sh\n' }, { 'start.sh': script });
    expect(unjudged[0]?.why).toBe(
      'web starts a script that ends with an error before its server, as it was read',
    );
  });

  it('is no server where it is a program that is known to be none', async () => {
    const { unjudged, notes } = await projectOf({ Procfile: 'job: /usr/local/bin/celery worker\n' });
    expect(unjudged).toEqual([]);
    expect(notes[0]?.message).toContain('which is no known server');
  });
});

describe('Kubernetes across files', () => {
  it('takes variables from config maps of other files, prefixed and by key', async () => {
    const map = 'kind: ConfigMap\nmetadata: {name: m}\ndata: {WEB_CONCURRENCY: "6", N: "7"}\n';
    const from = '          envFrom: [{configMapRef: {name: m}}]\n';
    expect(await workers({ 'a.yaml': POD('[gunicorn, "a:b"]', from), 'b.yaml': map })).toBe('6@b.yaml:3:25');
    const key = '          env: [{name: WEB_CONCURRENCY, valueFrom: {configMapKeyRef: {name: m, key: N}}}]\n';
    expect(await workers({ 'a.yaml': POD('[gunicorn, "a:b"]', key), 'b.yaml': map })).toBe('7@b.yaml:3:33');
    expect(await workers({ 'a.yaml': POD('[gunicorn, "a:b"]', key) })).toContain(
      'config map m, which was not given',
    );
  });

  it.each([
    ['limits.cpu', '', '2'],
    ['limits.cpu', ', divisor: 1m', '1500'],
    ['requests.cpu', '', '1'],
    ['limits.memory', ', divisor: 1Mi', '512'],
  ])('fills in %s%s', async (resource, divisor, expected) => {
    const more = `          env: [{name: WEB_CONCURRENCY, valueFrom: {resourceFieldRef: {resource: ${resource}${divisor}}}}]\n          resources: {limits: {cpu: 1500m, memory: 512Mi}, requests: {cpu: 200m}}\n`;
    expect(await workers({ 'a.yaml': POD('[gunicorn, "a:b"]', more) })).toMatch(new RegExp(`^${expected}@`));
  });

  it("fills in the parameters of a Template, the user's first", async () => {
    const template =
      'kind: Template\nobjects:\n  - kind: DeploymentConfig\n    metadata: {name: n}\n    spec:\n      replicas: ${{COPIES}}\n      template:\n        spec:\n          containers:\n            - {name: c, command: [gunicorn, "--workers=${W}", "a:b"]}\nparameters:\n  - {name: W, value: "8"}\n  - {name: COPIES, value: "3"}\n';
    const server = await oneServer({ 't.yaml': template });
    expect(settingsText(server, 'workers')).toBe('workers=8@t.yaml:10:45');
    expect(server.copies.replicas).toMatchObject({ value: 3 });
  });

  it('replaces images in kustomizations, by which a Dockerfile is found', async () => {
    const pod = POD('null', '          image: shop:1\n').replace('          command: null\n', '');
    const { deployments } = await projectOf({
      'kustomization.yaml':
        'resources: [a.yaml]\nimages: [{name: shop, newName: registry.example.com/acme/web, newTag: v2}, {name: other, newName: x}]\n',
      'a.yaml': pod,
      'Dockerfile.web': 'FROM python:3\nCMD gunicorn -w 3 a:b\n',
      'Dockerfile.jobs': 'FROM python:3\nCMD gunicorn -w 9 a:b\n',
    });
    const found = deployments.find(({ platform }) => platform === 'kubernetes')!;
    expect(settingsText(found, 'workers')).toMatch(/^workers=3@/);
  });

  it('gives an autoscaler to the workload that it names, with KEDA its default of 100', async () => {
    const two = `${POD('[gunicorn, "a:b"]')}---\n${POD('[gunicorn, "a:b"]').replaceAll('name: n', 'name: m')}`;
    const scaled = (spec: string) =>
      `${two}---\nkind: ScaledObject\nspec: {scaleTargetRef: {name: m}${spec}}\n`;
    const most = async (text: string) =>
      (await projectOf({ 'a.yaml': text })).deployments.map(({ copies }) =>
        copies.most?.known ? copies.most.value : copies.most,
      );
    expect(await most(scaled(', maxReplicaCount: 7'))).toEqual([null, 7]);
    expect(await most(scaled(''))).toEqual([null, 100]);
  });

  it('builds kustomizations: bases, generators, strategic and JSON patches, replicas', async () => {
    const files = {
      'prod/kustomization.yaml':
        'resources: [../base]\npatches:\n  - path: limits.yaml\n  - target: {kind: Deployment, name: n}\n    patch: |\n      - op: replace\n        path: /spec/template/spec/containers/0/command/1\n        value: --threads=3\nreplicas: [{name: n, count: 5}]\n',
      'prod/limits.yaml':
        'kind: Deployment\nmetadata: {name: n}\nspec:\n  template:\n    spec:\n      containers:\n        - {name: c, resources: {limits: {memory: 256Mi}}}\n',
      'base/kustomization.yaml':
        'resources: [web.yaml]\nconfigMapGenerator:\n  - name: m\n    literals: [WEB_CONCURRENCY=6]\n',
      'base/web.yaml': POD(
        '[gunicorn, --threads=2, "a:b"]',
        '          envFrom: [{configMapRef: {name: m}}]\n',
      ),
    };
    const server = await oneServer(files);
    expect(settingsText(server, 'workers')).toMatch(/^workers=6@base\/kustomization\.yaml:4/);
    expect(settingsText(server, 'threads')).toMatch(/^threads=3@/);
    expect(server.resources.memoryLimitMiB).toMatchObject({ value: 256, at: { file: 'prod/limits.yaml' } });
    expect(server.copies.replicas).toMatchObject({ value: 5 });
    const { 'prod/kustomization.yaml': overlay, ...rest } = files;
    expect(settingsText(await oneServer({ 'prod/kustomization.yaml': overlay! }, rest), 'workers')).toMatch(
      /^workers=6@/,
    );
  });

  it('patches what has the labels of a target, and no other', async () => {
    const pod = (name: string, tier: string) =>
      `kind: Deployment\nmetadata: {name: ${name}, labels: {tier: ${tier}}}\nspec:\n  template:\n    spec:\n      containers: [{name: c, command: [gunicorn, -w, "2", "a:b"]}]\n`;
    const workersFor = async (selector: string) => {
      const { deployments } = await projectOf({
        'kustomization.yaml': `resources: [all.yaml]\npatches:\n  - target: {labelSelector: "${selector}"}\n    patch: |\n      - op: replace\n        path: /spec/template/spec/containers/0/command/2\n        value: "7"\n`,
        'all.yaml': `${pod('front', 'web')}---\n${pod('back', 'api')}`,
      });
      return deployments.map((one) => settingsText(one, 'workers').replace(/@.*/, '')).join(' ');
    };
    expect(await workersFor('tier=web')).toBe('workers=7 workers=2');
    expect(await workersFor('tier!=web')).toBe('workers=2 workers=7');
    expect(await workersFor('tier notin (web, job)')).toBe('workers=2 workers=7');
    expect(await workersFor('tier in (web, api),!gone')).toBe('workers=7 workers=7');
    expect(await workersFor('tier,gone')).toBe('workers=2 workers=2');
  });

  it('says which patch, and which file of a generated config map, was not given', async () => {
    const { failures } = await projectOf({
      'kustomization.yaml': 'resources: [web.yaml]\npatches: [{path: limits.yaml}]\n',
      'web.yaml': POD('[gunicorn, "a:b"]', ''),
    });
    expect(failures.map(({ message }) => message)).toEqual([
      'kustomization.yaml: it lays limits.yaml over its resources, which was not given; name it among the files to check',
    ]);
    const server = await oneServer({
      'kustomization.yaml': 'resources: [web.yaml]\nconfigMapGenerator:\n  - {name: m, envs: [app.env]}\n',
      'web.yaml': POD('[gunicorn, "a:b"]', '          envFrom: [{configMapRef: {name: m}}]\n'),
    });
    expect(server.environment.incomplete).toBe('envFrom m, whose file app.env was not given');
  });

  it('leaves $(nproc) of a script to the shell, and says that a program is missing before its options', async () => {
    const script = 'exec gunicorn -w $(( $(nproc) * 2 )) --threads $(THREADS) a:b';
    const server = await oneServer({
      'web.yaml': POD(`[sh, -c, "${script}"]`, '          env: [{name: THREADS, value: "3"}]\n'),
    });
    expect(settingsText(server, 'workers', 'threads')).toMatch(/^workers=8@\S+ threads=3@/);
    const { unjudged } = await projectOf({
      'web.yaml': POD('', '').replace('command: ', 'args: [--workers, "4", "a:b"]'),
    });
    expect(unjudged.map(({ why }) => why)).toEqual([
      'Deployment n / c starts what its image starts, given --workers and more, and the image was not read',
    ]);
  });

  it('lays the components of a kustomization over all that comes before them', async () => {
    const server = await oneServer({
      'prod/kustomization.yaml': 'resources: [../base]\ncomponents: [../large]\n',
      'base/kustomization.yaml':
        'resources: [web.yaml]\nconfigMapGenerator:\n  - {name: m, literals: [WEB_CONCURRENCY=2]}\n',
      'base/web.yaml': POD('[gunicorn, "a:b"]', '          envFrom: [{configMapRef: {name: m}}]\n'),
      'large/kustomization.yaml':
        'kind: Component\nreplicas: [{name: n, count: 5}]\nconfigMapGenerator:\n  - {name: m, behavior: merge, literals: [WEB_CONCURRENCY=12]}\n',
    });
    expect(settingsText(server, 'workers')).toMatch(/^workers=12@large/);
    expect(server.copies.replicas).toMatchObject({ value: 5 });
  });

  it.each([
    ['shop-web', true],
    ['shop-.*', true],
    ['.*', true],
    ['^.+-web$', true],
    ['jobs|shop-web', true],
    ['shop', false],
    ['web', false],
    ['shop-web.+', false],
  ])('takes the name %s of a target for a pattern of the whole name', async (name, fits) => {
    const server = await oneServer({
      'kustomization.yaml': `resources: [a.yaml]\npatches:\n  - target: {kind: Deployment, name: "${name}"}\n    patch: |\n      - {op: add, path: /spec/replicas, value: 3}\n`,
      'a.yaml': POD('[gunicorn, "a:b"]').replace('name: n', 'name: shop-web'),
    });
    expect(server.copies.replicas?.known ?? false).toBe(fits);
  });

  describe('kustomizations that give names a prefix or suffix', () => {
    const patch = (name: string, memory: string) =>
      `kind: Deployment\nmetadata: {name: ${name}}\nspec:\n  template:\n    spec:\n      containers:\n        - {name: c, resources: {limits: {memory: ${memory}}}}\n`;
    const base = {
      'base/kustomization.yaml':
        'resources: [web.yaml]\nnamePrefix: shop-\nconfigMapGenerator:\n  - name: m\n    literals: [WEB_CONCURRENCY=6, A=1]\n',
      'base/web.yaml': `${POD('[gunicorn, "a:b"]', '          envFrom: [{configMapRef: {name: m}}]\n')}---\nkind: HorizontalPodAutoscaler\nmetadata: {name: n}\nspec: {maxReplicas: 9, scaleTargetRef: {kind: Deployment, name: n}}\n`,
    };

    it('show the whole name, and keep what objects say of each other', async () => {
      const server = await oneServer({
        ...base,
        'prod/kustomization.yaml': 'resources: [../base]\nnamePrefix: prod-\nnameSuffix: "-v2"\n',
      });
      expect(server.name).toBe('Deployment prod-shop-n-v2 / c');
      expect(settingsText(server, 'workers')).toMatch(/^workers=6@base/);
      expect(server.copies.most).toMatchObject({ value: 9 });
    });

    it.each(['n', 'shop-n'])('find what a patch calls %s by the name it has or had', async (name) => {
      const server = await oneServer({
        ...base,
        'prod/kustomization.yaml': `resources: [../base]\nnamePrefix: prod-\npatches: [{path: p.yaml}]\nreplicas: [{name: ${name}, count: 5}]\n`,
        'prod/p.yaml': patch(name, '256Mi'),
      });
      expect(server.resources.memoryLimitMiB).toMatchObject({ value: 256 });
      expect(server.copies.replicas).toMatchObject({ value: 5 });
    });

    it('do not find what a patch calls by a name that comes later, or another', async () => {
      for (const name of ['prod-shop-n', 'other']) {
        const server = await oneServer({
          ...base,
          'prod/kustomization.yaml': 'resources: [../base]\nnamePrefix: prod-\npatches: [{path: p.yaml}]\n',
          'prod/p.yaml': patch(name, '256Mi'),
        });
        expect(server.resources.memoryLimitMiB).toBeNull();
      }
    });

    it('merge variables into the map of the base', async () => {
      const server = await oneServer({
        ...base,
        'prod/kustomization.yaml':
          'resources: [../base]\nnamePrefix: prod-\nconfigMapGenerator:\n  - {name: m, behavior: merge, literals: [WEB_CONCURRENCY=12]}\n',
      });
      expect(settingsText(server, 'workers')).toMatch(/^workers=12@prod/);
    });

    it('keep two builds of one base apart', async () => {
      const variant = (name: string, workers: number) =>
        `resources: [../base]\nnamePrefix: ${name}-\nconfigMapGenerator:\n  - {name: m, behavior: merge, literals: [WEB_CONCURRENCY=${workers}]}\n`;
      const { deployments } = await projectOf({
        ...base,
        'kustomization.yaml': 'resources: [dev, prod]\n',
        'dev/kustomization.yaml': variant('dev', 1),
        'prod/kustomization.yaml': variant('prod', 12),
      });
      expect(deployments.map((one) => `${one.name} ${settingsText(one, 'workers')}`)).toEqual([
        expect.stringMatching(/^Deployment dev-shop-n \/ c workers=1@dev/),
        expect.stringMatching(/^Deployment prod-shop-n \/ c workers=12@prod/),
      ]);
    });
  });

  it('knows autoscalers of other files, KEDA and Knative', async () => {
    const scaled = 'kind: ScaledObject\nspec: {scaleTargetRef: {name: n}, maxReplicaCount: 12}\n';
    const server = await oneServer({ 'a.yaml': POD('[gunicorn, "a:b"]'), 'b.yaml': scaled });
    expect(server.copies.most).toMatchObject({ value: 12 });
    const knative = await oneServer({
      'k.yaml':
        'kind: Service\nmetadata: {name: n}\nspec:\n  template:\n    metadata: {annotations: {autoscaling.knative.dev/maxScale: "20"}}\n    spec:\n      containerConcurrency: 80\n      containers: [{command: [gunicorn, "a:b"]}]\n',
    });
    expect(knative.copies.most).toMatchObject({ value: 20 });
    expect(knative.traffic.concurrency).toMatchObject({ name: 'containerConcurrency', limit: { value: 80 } });
  });

  it('reads the idle time of the balancer that leads to a workload, and its liveness probe', async () => {
    const ingress = (name: string) =>
      `kind: Ingress\nmetadata: {name: i}\nspec:\n  ingressClassName: ${name}\n  rules: [{http: {paths: [{backend: {service: {name: s}}}]}}]\n---\nkind: Service\nmetadata: {name: s}\nspec: {selector: {app: n}}\n`;
    const probe = '          livenessProbe: {httpGet: {path: /}, periodSeconds: 5, failureThreshold: 2}\n';
    const { traffic } = await oneServer({
      'a.yaml': POD('[gunicorn, "a:b"]', probe),
      'b.yaml': ingress('alb'),
    });
    expect(traffic.idle).toMatchObject({ balancer: 'the ALB', seconds: 60 });
    expect(traffic.liveness).toMatchObject({ seconds: 10 });
    const other = await oneServer({ 'a.yaml': POD('[gunicorn, "a:b"]'), 'b.yaml': ingress('own') });
    expect(other.traffic.idle).toBeNull();
  });
});

describe('Compose', () => {
  it('follows extends into other files, and says what is not there', async () => {
    const main =
      'services:\n  web:\n    extends: {file: common.yml, service: base}\n    command: gunicorn a:b\n';
    const common =
      'services:\n  root: {image: x, mem_limit: 1g}\n  base:\n    extends: root\n    environment: {WEB_CONCURRENCY: 8}\n';
    const server = await oneServer({ 'compose.yaml': main }, { 'common.yml': common });
    expect(settingsText(server, 'workers')).toBe('workers=8@common.yml:5:36');
    expect(server.resources.memoryLimitMiB).toMatchObject({ value: 1024 });
    expect(await workers({ 'compose.yaml': main })).toContain(
      'service base of common.yml, which was not given',
    );
  });

  it('lays files that are named together over each other, in their order', async () => {
    const server = await oneServer({
      'compose.yaml':
        'services:\n  web: {image: x, command: gunicorn a:b, environment: [WEB_CONCURRENCY=2, A=1], mem_limit: 1g}\n',
      'compose.prod.yaml':
        'services:\n  web:\n    environment: {WEB_CONCURRENCY: 5}\n    deploy: {replicas: 2}\n',
    });
    expect(settingsText(server, 'workers')).toBe('workers=5@compose.prod.yaml:3:36');
    expect(server.resources.memoryLimitMiB).toMatchObject({ value: 1024 });
    expect(server.copies.replicas).toMatchObject({ value: 2 });
  });

  it('builds the stage that is named, from the Dockerfile that is named', async () => {
    const docker =
      'FROM python AS base\nFROM base AS prod\nCMD ["gunicorn", "-w", "5", "a:b"]\nFROM base AS dev\nCMD ["python", "x.py"]\n';
    const main = 'services:\n  web:\n    build: {context: ., dockerfile: docker/Web, target: prod}\n';
    expect(await workers({ 'compose.yaml': main }, { 'docker/Web': docker })).toBe('5@docker/Web:3:25');
  });
});

describe('other platforms', () => {
  it.each<[string, Record<string, string>, RegExp, number | null]>([
    [
      'fly.toml with processes',
      {
        'fly.toml':
          '[env]\n  WEB_CONCURRENCY = "3"\n[processes]\n  app = "gunicorn a:b"\n[[vm]]\n  memory = "1gb"\n',
      },
      /^3@fly\.toml:2:21/,
      1024,
    ],
    [
      'fly.toml of a size',
      { 'fly.toml': '[experimental]\ncmd = "gunicorn -w 3 a:b"\n[[vm]]\nsize = "shared-cpu-2x"\n' },
      /^3@fly\.toml:2:20/,
      512,
    ],
    [
      'fly.toml beside a Dockerfile',
      {
        'fly.toml': 'app = "x"\n[vm]\nmemory_mb = 256\n',
        Dockerfile: 'FROM python\nCMD gunicorn -w 2 a:b\n',
      },
      /^2@Dockerfile:2/,
      256,
    ],
    [
      'render.yaml',
      {
        'render.yaml':
          'services:\n  - type: web\n    name: api\n    plan: standard\n    startCommand: gunicorn -w $N a:b\n    envVars: [{key: N, value: 4}]\n',
      },
      /^4@render\.yaml:5/,
      2048,
    ],
    [
      'app.yaml',
      { 'app.yaml': 'runtime: python312\nentrypoint: gunicorn -b :$PORT -w 2 a:b\ninstance_class: F2\n' },
      /^2@app\.yaml:2/,
      768,
    ],
    [
      'an ECS task',
      {
        'task.json':
          '{"family": "f", "cpu": "512", "memory": "1024", "containerDefinitions": [{"name": "web", "command": ["gunicorn", "-w", "3", "a:b"]}, {"name": "queue", "command": ["celery"]}]}',
      },
      /^3@task\.json:1/,
      1024,
    ],
    [
      'supervisord.conf',
      {
        'supervisord.conf':
          '[supervisord]\nnodaemon=true\n[program:web]\ncommand=gunicorn\n  -w 3 a:b ; a comment\nenvironment=A="1",B=2\n',
      },
      /^3@supervisord\.conf:5/,
      null,
    ],
    [
      'supervisord in an image',
      {
        Dockerfile: 'FROM python\nENV N=4\nCMD ["supervisord", "-c", "/etc/s.conf"]\n',
        's.conf': '[program:web]\ncommand=gunicorn -w %(ENV_N)s a:b\n',
      },
      /^4@s\.conf:2/,
      null,
    ],
    [
      'a unit with drop-ins',
      {
        'w.service': '[Service]\nExecStart=gunicorn a:b\n',
        'w.service.d/override.conf': '[Service]\nEnvironment=WEB_CONCURRENCY=4\nMemoryMax=1G\n',
      },
      /^4@w\.service\.d\/override\.conf:2/,
      1024,
    ],
    [
      'a unit with its EnvironmentFile',
      {
        'w.service': '[Service]\nEnvironmentFile=-/etc/app/w.env\nExecStart=gunicorn a:b\n',
        'w.env': 'WEB_CONCURRENCY=4\n',
      },
      /^4@w\.env:1/,
      null,
    ],
    [
      'a Procfile with its app.json',
      { Procfile: 'web: gunicorn a:b\n', 'app.json': '{"formation": {"web": {"size": "standard-2x"}}}' },
      /^4@app\.json:1/,
      1024,
    ],
    [
      'an image that starts a server',
      { Dockerfile: 'FROM tiangolo/uvicorn-gunicorn:python3.11\nENV MAX_WORKERS=3\n' },
      /^3@Dockerfile:1/,
      null,
    ],
    [
      'the same, told how many',
      { Dockerfile: 'FROM tiangolo/uvicorn-gunicorn:python3.11\nENV WEB_CONCURRENCY=7\n' },
      /^7@Dockerfile:1/,
      null,
    ],
  ])('%s', async (_what, files, expected, memory) => {
    const server = await oneServer(files);
    expect(settingsText(server, 'workers').replace(/^workers=/, '')).toMatch(expected);
    expect(server.resources.memoryLimitMiB?.known ? server.resources.memoryLimitMiB.value : null).toBe(
      memory,
    );
  });

  it('say who shares the memory of a task', async () => {
    const task =
      '{"containerDefinitions": [{"name": "web", "command": ["gunicorn", "a:b"]}, {"name": "queue"}], "memory": "512"}';
    expect((await oneServer({ 'task.json': task })).sharedWith).toEqual(['queue']);
  });
});

describe('what is not judged', () => {
  const open = async (files: Record<string, string>) =>
    (await projectOf(files)).unjudged.map(({ server, why }) => `${server}: ${why}`).join('; ');
  it.each<[string, Record<string, string>, RegExp]>([
    [
      'a script that was not given',
      { Dockerfile: 'FROM python\nCMD ["/app/start.sh"]\n' },
      /starts \/app\/start\.sh, which was not given/,
    ],
    [
      'a server of its own',
      {
        Dockerfile: 'FROM python\nCMD ["python", "serve.py"]\n',
        'serve.py': 'from cheroot.wsgi import Server\nServer(app).start()\n',
      },
      /serve\.py, which starts Cheroot by itself/,
    ],
    ['a manager', { Dockerfile: 'FROM python\nCMD ["supervisord"]\n' }, /supervisord, which starts others/],
    [
      'a builder image',
      { Dockerfile: 'FROM registry.access.redhat.com/ubi9/python-311\nCOPY . .\n' },
      /ubi9\/python-311 starts by itself/,
    ],
    [
      'a file of another server',
      { 'circus.ini': '[watcher:web]\nnumprocesses = 4\n' },
      /^circus: circus\.ini configures circus/,
    ],
    ['a development server', { Procfile: 'web: python manage.py runserver\n' }, /development server/],
    [
      'no shell',
      { 'compose.yaml': 'services:\n  web: {image: x, command: python m.py migrate && gunicorn a:b}\n' },
      /no shell reads this command, so "&&"/,
    ],
    [
      'no shell in an exec form',
      { Dockerfile: 'FROM python\nCMD ["python", "m.py", "&&", "gunicorn", "a:b"]\n' },
      /no shell reads this command/,
    ],
    [
      'a program that is not known',
      { 'compose.yaml': 'services:\n  web: {image: x, command: sh -c "exec $$SERVER"}\n' },
      /a program that is not known: SERVER is not set/,
    ],
  ])('%s', async (_what, files, expected) => {
    expect(await open(files)).toMatch(expected);
  });

  it.each<[string, string]>([
    ['celery', 'celery -A a worker'],
    ['a migration', 'python manage.py migrate'],
    ['node', 'node server.js'],
    ['a user of that name', 'gosu gunicorn celery -A a worker'],
  ])('%s is no server', async (_what, command) => {
    expect(await open({ Procfile: `web: ${command}\n` })).toBe('');
  });
});

describe('entry points', () => {
  const compose = (command: string, env = '') =>
    `services:\n  web:\n    build: .\n    command: ${command}\n${env}`;
  const docker = 'FROM python\nCOPY docker/go.sh /usr/local/bin/\nENTRYPOINT ["go.sh"]\nCMD ["web"]\n';
  it('are followed with what the service passes', async () => {
    const script =
      '#!/bin/sh\ncase "$1" in\n web) exec gunicorn -w ${W:-8} a:b ;;\n live) exec gunicorn -w 1 a:b ;;\n *) exec "$@" ;;\nesac\n';
    const files = (command: string) => ({
      'compose.yaml': compose(command),
      Dockerfile: docker,
      'docker/go.sh': script,
    });
    expect(await workers(files('web'))).toBe('8@docker/go.sh:3:24');
    expect(await workers(files('live'))).toBe('1@docker/go.sh:4:25');
    expect(await workers(files('gunicorn -w 3 a:b'))).toBe('3@compose.yaml:4:26');
    expect((await projectOf(files('celery -A a worker'))).deployments).toEqual([]);
  });
  it('that were not given may set what is not on the command line', async () => {
    const files = (command: string) => ({
      Dockerfile: `FROM python\nENTRYPOINT ["/entrypoint.sh"]\nCMD ${command}\n`,
    });
    expect(await workers(files('["gunicorn", "-w", "3", "a:b"]'))).toBe('3@Dockerfile:3:25');
    expect(await workers(files('["gunicorn", "a:b"]'))).toContain(
      'WEB_CONCURRENCY may be set by /entrypoint.sh, which was not given',
    );
  });
  it('run by a shell are no other', async () => {
    const files = (command: string) => ({
      Dockerfile: `FROM python\nENTRYPOINT ["sh", "entrypoint.sh"]\nCMD ${command}\n`,
    });
    expect(await workers(files('["gunicorn", "-w", "3", "a:b"]'))).toBe('3@Dockerfile:3:25');
    expect(await workers(files('["gunicorn", "a:b"]'))).toContain(
      'may be set by ./entrypoint.sh, which was not given',
    );
  });
  it('with conditions that are not known give every server they may start', async () => {
    const { deployments } = await projectOf({
      'start.sh': '#!/bin/sh\nif [ -f /live ]; then\n  exec gunicorn -w 1 a:b\nfi\nexec gunicorn -w 4 a:b\n',
    });
    expect(deployments.map(({ name }) => name)).toEqual(['start.sh (start.sh:3)', 'start.sh (start.sh:5)']);
    expect(deployments[0]!.assumes).toEqual(['the condition on line 2 leads to this start']);
  });
});

describe('systemd instances', () => {
  const unit =
    '[Service]\nEnvironmentFile=/etc/web/%i.env\nEnvironment=NAME=%i\nExecStart=/usr/bin/gunicorn --workers %i --bind unix:/run/%i.sock app:app\n';
  it('fills %i in from the name of the file', async () => {
    expect(await workers({ 'web@3.service': unit }, { '3.env': '' })).toMatch(/^3@web@3\.service:4:/);
  });
  it('names the instance where the file is the template', async () => {
    expect(await workers({ 'web@.service': unit })).toMatch(/^\? .*%i is the instance.*web@\.service/);
  });
});

describe('the override of a Compose file that is named', () => {
  const base = 'services: {web: {image: a, command: gunicorn -w 2 a:b}}\n';
  const override = 'services: {web: {command: gunicorn -w 6 a:b}}\n';
  it.each([
    ['compose.yaml', 'compose.override.yaml'],
    ['docker-compose.yml', 'docker-compose.override.yml'],
  ])('%s is read with %s', async (name, other) => {
    expect(await workers({ [`app/${name}`]: base }, { [`app/${other}`]: override })).toMatch(/^6@/);
  });
  it('is not read where the file has another name, as of -f', async () => {
    expect(await workers({ 'compose.prod.yaml': base }, { 'compose.override.yaml': override })).toMatch(
      /^2@/,
    );
  });
});
