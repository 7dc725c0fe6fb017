// biome-ignore-all lint/suspicious/noTemplateCurlyInString: shell variables
import { describe, expect, it } from 'vitest';
import { oneServer, projectOf, settingsText } from './servers-of.js';

const proc = (command: string) => oneServer({ Procfile: `web: ${command}\n` });

describe('command lines', () => {
  it.each([
    'gunicorn app:app --workers 4 --threads=2 -k gthread',
    'gunicorn -w4 --threads 2 -kgthread app:app',
    'gunicorn --worker-class=gthread --thread 2 -w 4 app:app',
    'exec gunicorn -w 4 --threads 2 -k gthread app:app',
    'A=1 B="2 3" gunicorn -w 4 --threads 2 -k gthread app:app',
    'env A=1 /srv/venv/bin/gunicorn -w 4 --threads 2 -k gthread app:app',
    'python -m gunicorn -w 4 --threads 2 -k gthread app:app',
    'python3 -m gunicorn.app.wsgiapp -w 4 --threads 2 -k gthread app:app',
    'poetry run gunicorn -w 4 --threads 2 -k gthread app:app',
    'newrelic-admin run-program gunicorn -w 4 --threads 2 -k gthread app:app',
    'tini -- ddtrace-run gunicorn -w 4 --threads 2 -k gthread app:app',
    'python manage.py migrate && gunicorn -w 4 --threads 2 -k gthread app:app',
    'gunicorn --version; gunicorn -w 4 --threads 2 -k gthread app:app 2>&1 | tee log',
    `sh -c 'exec gunicorn -w 4 --threads 2 -k gthread app:app'`,
    `bash -lc "gunicorn -w 4 --threads 2 -k gthread app:app"`,
    'gunicorn -w 9 -w 4 --threads 2 -k gthread app:app',
    'W=4; gunicorn -w $W --threads ${T:-2} -k "gthread" app:app',
    'W=4 && export T=2 && gunicorn -w ${W} --threads $T -k gthread app:app',
    ': "${W:=4}"; gunicorn -w $W --threads 2 -k gthread app:app',
    'OPTS="-w 4 --threads 2"; gunicorn $OPTS -k gthread app:app',
    'GUNICORN_CMD_ARGS="-w 4 --threads=2" gunicorn -k gthread app:app',
    'gunicorn -w $(nproc) --threads $((2)) -k gthread app:app --threads 2',
  ])('%s', async (command) => {
    const { settings } = await proc(command);
    const value = (name: 'workers' | 'threads' | 'worker_class') => {
      const reading = settings.get(name)?.reading;
      return reading?.known ? String(reading.value) : reading?.why;
    };
    expect([value('workers'), value('threads'), value('worker_class')]).toEqual(['4', '2', 'gthread']);
  });

  it.each([
    'pip install gunicorn',
    'sudo systemctl restart gunicorn',
    'echo gunicorn',
    'gunicorn --help',
    'celery -A app worker',
    'sanic app:app --workers 4',
  ])('%s starts no server that is read', async (command) => {
    expect((await projectOf({ Procfile: `web: ${command}\n` })).deployments).toEqual([]);
  });

  it('does not mind a variable that may hold options of no size', async () => {
    const script = (extra: string) =>
      `#!/bin/sh\nEXTRA=""\nif [ "$DEBUG" ]; then\n  EXTRA="${extra}"\nfi\nexec gunicorn -w 3 $EXTRA a:b\n`;
    expect(
      settingsText(
        await oneServer({ 'start.sh': script('--reload --log-level debug') }),
        'workers',
        'timeout',
      ),
    ).toBe('workers=3@start.sh:6:18 timeout=default');
    expect(settingsText(await oneServer({ 'start.sh': script('--timeout 900') }), 'workers', 'timeout')).toBe(
      'workers=3@start.sh:6:18 timeout=? EXTRA is set under a condition@start.sh:6:20',
    );
  });

  it('gives the place of each value', async () => {
    expect(
      settingsText(await proc('gunicorn --workers=4 -t 60 app:app'), 'workers', 'timeout', 'threads'),
    ).toBe('workers=4@Procfile:1:15 timeout=60@Procfile:1:30 threads=default');
  });

  it('says why a value is not known', async () => {
    expect(
      settingsText(
        await proc('gunicorn -w $N --threads $(cat n) $MORE app:app'),
        'workers',
        'threads',
        'timeout',
      ),
    ).toBe(
      'workers=? N is not set by the files given@Procfile:1:18 threads=? $(cat n) is not run@Procfile:1:31 timeout=? MORE is not set by the files given@Procfile:1:40',
    );
  });
});

describe('Dockerfile', () => {
  it('follows the last stage to the stages it is built on, with ARG and ENV', async () => {
    const server = await oneServer({
      Dockerfile:
        'ARG W=3\nFROM python:3 AS base\nARG W\nENV WEB_CONCURRENCY=$W T 5\nENV A=1 \\\n    GUNICORN_CMD_ARGS="--timeout 50"\nFROM node AS assets\nCMD ["node"]\nFROM base\nENTRYPOINT ["tini", "--"]\nCMD ["gunicorn", \\\n  "--threads", "2", "app:app"]\n',
    });
    expect(settingsText(server, 'workers', 'threads', 'timeout')).toBe(
      'workers=3@Dockerfile:4:21 threads=2@Dockerfile:12:17 timeout=50@Dockerfile:6:34',
    );
  });
  it('reads the shell form as a shell does', async () => {
    const server = await oneServer({
      Dockerfile: 'FROM python\nENV N 6\nCMD cd /app && exec gunicorn -w $N \\\n  -b :$PORT app:app\n',
    });
    expect(settingsText(server, 'workers')).toBe('workers=6@Dockerfile:3:33');
  });
  it('finds the script that it copies under another name', async () => {
    const server = await oneServer({
      Dockerfile: 'FROM python\nCOPY ./docker/start.sh /start\nENTRYPOINT ["/entrypoint"]\nCMD ["/start"]\n',
      'docker/start.sh':
        '#!/bin/sh\nif [ -n "$X" ]; then\n  T=9\nfi\nexec gunicorn -w 3 --timeout $T app:app\n',
    });
    expect(settingsText(server, 'workers', 'timeout')).toBe(
      'workers=3@docker/start.sh:5:18 timeout=? T is set under a condition@docker/start.sh:5:30',
    );
  });
});

describe('Compose', () => {
  it('reads anchors, merges, lists, interpolation, env files and limits', async () => {
    const { deployments, notes } = await projectOf(
      {
        'compose.yaml':
          'x-base: &base\n  image: app\n  env_file: [app.env]\n  mem_limit: 512m\nservices:\n  web:\n    <<: *base\n    command: ["gunicorn", "-w", "${W:-2}", "app:app"]\n    environment:\n      - GUNICORN_CMD_ARGS=--threads 3 --timeout $T\n      - NOTHING\n    deploy:\n      replicas: 3\n      resources: {limits: {cpus: "1.5"}}\n  api:\n    <<: *base\n    command: sh -c "gunicorn -w $$WEB_CONCURRENCY app:app"\n  db: {image: postgres}\n  job: {image: app, command: celery}\n',
      },
      { '.env': 'T=44\n', 'app.env': 'WEB_CONCURRENCY=7\n' },
    );
    const [web, api] = deployments;
    expect(settingsText(web!, 'workers', 'threads', 'timeout')).toBe(
      'workers=2@compose.yaml:8:33 threads=3@compose.yaml:10:37 timeout=44@compose.yaml:10:49',
    );
    expect(web!.resources.memoryLimitMiB).toMatchObject({ value: 512, at: { line: 4, column: 14 } });
    expect(web!.resources.cpuLimit).toMatchObject({ value: 1.5 });
    expect(web!.copies.replicas).toMatchObject({ value: 3 });
    expect(settingsText(api!, 'workers')).toMatch(/^workers=7@compose\.yaml:17:/);
    expect(notes.map(({ message }) => message)).toEqual(['job starts celery, which is no known server']);
  });
  it('says what an env file that is not there may set', async () => {
    const server = await oneServer({
      'compose.yaml':
        'services:\n  web:\n    image: a\n    env_file: .env.prod\n    command: gunicorn -w $$N app:app\n    entrypoint: sh -c "gunicorn -w $$N a:b"\n',
    });
    expect(settingsText(server, 'workers')).toContain('N may be set by env_file .env.prod');
  });
});

describe('Kubernetes', () => {
  const container = (indent: string) =>
    `containers:\n${indent}- name: c\n${indent}  image: a\n${indent}  command: [gunicorn]\n${indent}  args: ["-w", "$(N)", "a:b"]\n${indent}  env: [{name: N, value: "5"}]\n`;
  it.each([
    ['Deployment', `spec:\n  template:\n    spec:\n      ${container('      ')}`],
    ['StatefulSet', `spec:\n  template:\n    spec:\n      ${container('      ')}`],
    [
      'CronJob',
      `spec:\n  jobTemplate:\n    spec:\n      template:\n        spec:\n          ${container('          ')}`,
    ],
    ['Pod', `spec:\n  ${container('  ')}`],
    ['Rollout', `spec:\n  template:\n    spec:\n      ${container('      ')}`],
  ])('%s', async (kind, spec) => {
    const server = await oneServer({ 'k.yaml': `kind: ${kind}\nmetadata: {name: n}\n${spec}` });
    expect(server.name).toBe(`${kind} n / c`);
    expect(settingsText(server, 'workers')).toMatch(/^workers=5@k\.yaml:\d+:\d+$/);
  });

  it('reads lists, several documents, config maps, autoscalers and grace periods', async () => {
    const server = await oneServer({
      'k.yaml': `kind: ConfigMap\nmetadata: {name: conf}\ndata: {WEB_CONCURRENCY: "6", TIMEOUT: "70"}\n---\nkind: List\nitems:\n  - kind: Deployment\n    metadata: {name: n}\n    spec:\n      replicas: 2\n      strategy: {rollingUpdate: {maxSurge: 1}}\n      template:\n        spec:\n          terminationGracePeriodSeconds: 50\n          containers:\n            - name: c\n              command: [sh, -c]\n              args: ["exec gunicorn --timeout $TIMEOUT a:b"]\n              envFrom: [{configMapRef: {name: conf}}]\n              resources: {limits: {cpu: 500m, memory: 1G}, requests: {cpu: "0.25", memory: 512Mi}}\n---\nkind: HorizontalPodAutoscaler\nspec: {scaleTargetRef: {kind: Deployment, name: n}, maxReplicas: 9}\n`,
    });
    expect(settingsText(server, 'workers', 'timeout')).toBe('workers=6@k.yaml:3:25 timeout=70@k.yaml:18:47');
    expect(server.resources.cpuLimit).toMatchObject({ value: 0.5 });
    expect(server.resources.memoryLimitMiB).toMatchObject({ value: 1e9 / 1048576 });
    expect(server.resources.memoryRequestMiB).toMatchObject({ value: 512 });
    expect(server.stopGraceSeconds).toMatchObject({ value: 50 });
    expect(server.copies.most).toMatchObject({ value: 9 });
    expect(server.copies.surge!(9)).toBe(1);
  });

  it('reads a configuration file that a config map holds, with its own places', async () => {
    const server = await oneServer({
      'k.yaml':
        'kind: ConfigMap\nmetadata: {name: c}\ndata:\n  gunicorn.conf.py: |\n    import os\n\n    workers = 2 * os.cpu_count()\n---\nkind: Pod\nmetadata: {name: p}\nspec:\n  containers:\n    - name: c\n      command: [gunicorn, -c, /etc/app/gunicorn.conf.py, "a:b"]\n',
    });
    expect(server.name).toBe('Pod p / c');
    expect(settingsText(server, 'workers')).toBe('workers=8@k.yaml:7:15');
    const quoted = await oneServer({
      'k.yaml': 'kind: ConfigMap\ndata:\n  gunicorn.conf.py: "threads = 1\\nworkers = 3"\n',
    });
    expect(settingsText(quoted, 'workers')).toBe('workers=3@k.yaml:3:21');
  });

  it('says that a secret may set more', async () => {
    const server = await oneServer({
      'k.yaml':
        'kind: Pod\nspec:\n  containers:\n    - name: c\n      command: [sh, -c, "gunicorn -w $N a:b"]\n      envFrom: [{secretRef: {name: s}}]\n',
    });
    expect(settingsText(server, 'workers')).toContain('N may be set by envFrom s, which was not given');
  });
});

describe('systemd', () => {
  it('reads continued lines, repeated keys, variables, limits and drop-ins', async () => {
    const server = await oneServer({
      'web.service':
        '[Unit]\nDescription=x\n[Service]\nEnvironment="A=1" WEB_CONCURRENCY=3\nEnvironment=T=40\nExecStart=\nExecStart=-/srv/bin/gunicorn \\\n  --timeout ${T} \\\n  a:b\nCPUQuota=150%\nMemoryMax=2G\nTimeoutStopSec=1min 30s\n[Install]\nWantedBy=x\n',
    });
    expect(settingsText(server, 'workers', 'timeout')).toBe(
      'workers=3@web.service:4:35 timeout=40@web.service:8:13',
    );
    expect(server.resources.cpuLimit).toMatchObject({ value: 1.5, at: { line: 10, column: 10 } });
    expect(server.resources.memoryLimitMiB).toMatchObject({ value: 2048 });
    expect(server.stopGraceSeconds).toMatchObject({ value: 90 });
  });
  it('says what an EnvironmentFile may set', async () => {
    const server = await oneServer({
      'w.service': '[Service]\nEnvironmentFile=/etc/w.env\nExecStart=gunicorn -w $N a:b\n',
    });
    expect(settingsText(server, 'workers')).toContain('N may be set by EnvironmentFile=/etc/w.env');
  });
});
