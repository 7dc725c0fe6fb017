import { describe, expect, it } from 'vitest';
import { oneServer, projectOf, settingsText } from './servers-of.js';

const deployment = (container: string, more = '') =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web, labels: {tier: front}}\nspec:\n  replicas: 1\n  template:\n    spec:\n      containers:\n        - name: app\n${container}${more}`;
const WEB = deployment(
  '          command: [gunicorn, -w, "2", "shop:app"]\n          env: [{name: THREADS, value: "1"}]\n',
);
const SETTINGS =
  '---\nkind: ConfigMap\nmetadata: {name: settings}\ndata:\n  workers: "12"\n  pair: "3:5"\n  memory: 512Mi\n';
const FROM = '  - source: {kind: ConfigMap, name: settings, fieldPath: data.workers}\n    targets:\n';

const built = (kustomization: string, web = WEB + SETTINGS, more: Record<string, string> = {}) =>
  oneServer({ 'kustomization.yaml': `resources: [web.yaml]\n${kustomization}`, 'web.yaml': web, ...more });

describe('replacements of a kustomization', () => {
  const target = (path: string, options = '') =>
    `replacements:\n${FROM}      - select: {kind: Deployment}\n        fieldPaths: ["${path}"]\n${options}`;

  it.each([
    ['spec.template.spec.containers.0.command.2'],
    ['spec.template.spec.containers.[name=app].command.2'],
    ['spec.template.spec.containers.*.command.2'],
    ['/spec.template.spec.containers.[name=app].command.2'.slice(1)],
  ])('put a value at %s, with the place that it has', async (path) => {
    const server = await built(target(path));
    expect(settingsText(server, 'workers')).toBe('workers=12@web.yaml:16:12');
  });

  it('put it into variables, replicas and resources, which are made where that is asked for', async () => {
    const create = '        options: {create: true}\n';
    const server = await built(
      target('spec.template.spec.containers.[name=app].env.[name=WEB_CONCURRENCY].value', create),
      (WEB + SETTINGS).replace(', -w, "2"', ''),
    );
    expect(settingsText(server, 'workers')).toMatch(/^workers=12@web\.yaml:16/);
    expect((await built(target('spec.replicas'))).copies.replicas).toMatchObject({ value: 12 });
    const cpu = 'spec.template.spec.containers.[name=app].resources.limits.cpu';
    expect((await built(target(cpu, create))).resources.cpuLimit).toMatchObject({ value: 12 });
    expect((await built(target(cpu))).resources.cpuLimit).toBeNull();
  });

  it('take and put the part of a text that options choose', async () => {
    const server = await built(
      `replacements:\n  - source: {kind: ConfigMap, name: settings, fieldPath: data.pair, options: {delimiter: ":", index: 1}}\n    targets:\n      - select: {name: web}\n        fieldPaths: [spec.template.spec.containers.0.command.1]\n        options: {delimiter: "=", index: 1}\n`,
      (WEB + SETTINGS).replace('-w, "2"', '"--workers=2"'),
    );
    expect(settingsText(server, 'workers')).toMatch(/^workers=5@/);
  });

  it.each([
    ['select: {kind: Deployment, name: other}', 2],
    ['select: {kind: "Deployment|StatefulSet"}', 12],
    ['select: {group: apps, version: v1, kind: Deployment}', 12],
    ['select: {group: batch}', 2],
    ['select: {kind: Deployment, labelSelector: tier=front}', 12],
    ['select: {kind: Deployment, labelSelector: tier=back}', 2],
    ['select: {kind: Deployment}\n        reject: [{name: w.b}]', 2],
    ['select: {kind: Deployment}\n        reject: [{name: other}]', 12],
  ])('choose by %s', async (selection, workers) => {
    const server = await built(
      `replacements:\n${FROM}      - ${selection}\n        fieldPaths: [spec.template.spec.containers.0.command.2]\n`,
    );
    expect(settingsText(server, 'workers')).toMatch(new RegExp(`^workers=${workers}@`));
  });

  it('are read from a file, take values of generated maps and written ones, and go by names of before', async () => {
    const list = `- source: {kind: ConfigMap, name: made, fieldPath: data.WORKERS}\n  targets:\n    - select: {kind: Deployment, name: web}\n      fieldPaths: [spec.template.spec.containers.0.command.2]\n- sourceValue: "4"\n  targets:\n    - select: {kind: Deployment}\n      fieldPaths: [spec.replicas]\n`;
    const server = await built(
      'namePrefix: prod-\nconfigMapGenerator: [{name: made, literals: [WORKERS=9]}]\nreplacements: [{path: r.yaml}]\n',
      WEB,
      { 'r.yaml': list },
    );
    expect(server.name).toBe('Deployment prod-web / app');
    expect(settingsText(server, 'workers')).toBe('workers=9@kustomization.yaml:3:46');
    expect(server.copies.replicas).toMatchObject({ value: 4 });
  });

  it('put values into maps, which variables come from', async () => {
    const server = await built(
      `configMapGenerator: [{name: made, literals: [WEB_CONCURRENCY=1]}]\nreplacements:\n${FROM}      - select: {kind: ConfigMap, name: made}\n        fieldPaths: [data.WEB_CONCURRENCY]\n`,
      deployment(
        '          command: [gunicorn, "shop:app"]\n',
        '          envFrom: [{configMapRef: {name: made}}]\n',
      ) + SETTINGS,
    );
    expect(settingsText(server, 'workers')).toMatch(/^workers=12@web\.yaml/);
  });

  it('leave open, at the place of the target, what a source that is not there would be put into', async () => {
    const gone = (path: string, source = 'kind: ConfigMap, name: gone, fieldPath: data.n') =>
      built(
        `replacements:\n  - source: {${source}}\n    targets:\n      - select: {kind: Deployment}\n        fieldPaths:\n          - ${path}\n`,
      );
    const why = 'a replacement puts data.n of ConfigMap gone in its place, which was not given';
    expect(settingsText(await gone('spec.template.spec.containers.0.command.2'), 'workers')).toBe(
      `workers=? ${why}@kustomization.yaml:7:13`,
    );
    expect((await gone('spec.replicas')).copies.replicas).toMatchObject({ known: false, why });
    expect(
      (await gone('spec.template.spec.containers.0.env.0.value')).environment.get('THREADS'),
    ).toMatchObject({ known: false, why });
    expect(
      settingsText(
        await gone('spec.replicas', 'kind: ConfigMap, name: settings, fieldPath: data.other'),
        'workers',
      ),
    ).toMatch(/^workers=2@/);
    const whole = await projectOf({
      'kustomization.yaml': `resources: [web.yaml]\nreplacements:\n  - source: {kind: ConfigMap, name: gone, fieldPath: data.n}\n    targets: [{select: {kind: Deployment}, fieldPaths: [spec.template.spec.containers.0.command]}]\n`,
      'web.yaml': WEB,
    });
    expect(whole.deployments).toEqual([]);
    expect(whole.unjudged.map(({ why: said, at }) => `${said} ${at.file}:${at.line}`)).toEqual([
      expect.stringMatching(/web.*kustomization\.yaml:4/),
    ]);
  });

  it('say of a file of replacements that is not there that it may change the server', async () => {
    const server = await built('replacements: [{path: gone.yaml}]\n');
    expect(server.mayChange).toMatchObject({
      why: 'the replacements of gone.yaml, which was not given, may change it',
      at: { file: 'kustomization.yaml', line: 2 },
    });
  });
});

describe('transformers of a kustomization', () => {
  it.each([
    [
      'PatchTransformer',
      'target: {kind: Deployment}\npatch: "[{op: replace, path: /spec/template/spec/containers/0/command/2, value: \'7\'}]"\n',
    ],
    [
      'ReplacementTransformer',
      'replacements:\n  - sourceValue: "7"\n    targets: [{select: {kind: Deployment}, fieldPaths: [spec.template.spec.containers.0.command.2]}]\n',
    ],
    [
      'PatchStrategicMergeTransformer',
      'patches: |-\n  kind: Deployment\n  metadata: {name: web}\n  spec: {template: {spec: {containers: [{name: app, command: [gunicorn, -w, "7", a:b]}]}}}\n',
    ],
  ])("are followed where they are kustomize's own: %s", async (kind, config) => {
    const server = await built('transformers: [t.yaml]\n', WEB, {
      't.yaml': `apiVersion: builtin\nkind: ${kind}\nmetadata: {name: t}\n${config}`,
    });
    expect(settingsText(server, 'workers')).toMatch(/^workers=7@/);
    expect(server.mayChange).toBeUndefined();
  });

  it('count replicas where they are written in their place', async () => {
    const server = await built(
      'transformers:\n  - |-\n    apiVersion: builtin\n    kind: ReplicaCountTransformer\n    metadata: {name: r}\n    replica: {name: web, count: 6}\n',
    );
    expect(server.copies.replicas).toMatchObject({ value: 6 });
  });

  it("are named where they are another's or not there, as what may change the server", async () => {
    const other = await built('transformers: [t.yaml]\n', WEB, {
      't.yaml': 'apiVersion: tuning.example.com/v1\nkind: PodTuner\nmetadata: {name: t}\n',
    });
    expect(other.mayChange?.why).toBe('the transformer PodTuner may change it, and is not followed');
    expect((await built('transformers: [gone.yaml]\n')).mayChange).toMatchObject({
      why: 'the transformers of gone.yaml, which was not given, may change it',
      at: { line: 2, column: 16 },
    });
  });
});

describe('generators of a kustomization', () => {
  const READS = deployment(
    '          command: [gunicorn, "shop:app"]\n',
    '          envFrom: [{configMapRef: {name: m}}, {secretRef: {name: m}}]\n',
  );

  it('make config maps and secrets of one name, and change those of resources', async () => {
    const server = await built(
      'configMapGenerator: [{name: m, behavior: merge, literals: [WEB_CONCURRENCY=6]}]\nsecretGenerator: [{name: m, literals: [A=1]}]\n',
      `${READS}---\nkind: ConfigMap\nmetadata: {name: m}\ndata: {WEB_CONCURRENCY: "2"}\n`,
    );
    expect(settingsText(server, 'workers')).toMatch(/^workers=6@kustomization/);
    expect(server.environment.incomplete).toBeNull();
  });

  it("are followed as plugins of kustomize's own", async () => {
    const server = await built(
      'generators: [g.yaml]\nsecretGenerator: [{name: m, literals: [A=1]}]\n',
      READS,
      {
        'g.yaml':
          'apiVersion: builtin\nkind: ConfigMapGenerator\nmetadata: {name: m}\nliterals: [WEB_CONCURRENCY=5]\n',
      },
    );
    expect(settingsText(server, 'workers')).toMatch(/^workers=5@/);
  });

  it('hold configuration files by the names that they give them', async () => {
    const server = await built(
      'configMapGenerator: [{name: m, files: [gunicorn.conf.py=prod.py]}]\n',
      deployment('          command: [gunicorn, -c, /etc/gunicorn.conf.py, "shop:app"]\n'),
      { 'prod.py': 'workers = 11\n' },
    );
    expect(settingsText(server, 'workers')).toBe('workers=11@prod.py:1:11');
  });

  it.each([
    [
      'helmCharts: [{name: cache, repo: https://example.com}]',
      'this kustomization also has what Helm makes of the chart cache',
    ],
    ['generators: [{kind: x}]', null],
    ['generators: [g.yaml]', 'this kustomization also has what the generator PodMaker makes'],
    [
      'generators: [gone.yaml]',
      'the generators of gone.yaml are part of this kustomization and were not given',
    ],
  ])('are named where what they make was not read: %s', async (line, message) => {
    const { notes } = await projectOf({
      'kustomization.yaml': `resources: [web.yaml]\n${line}\n`,
      'web.yaml': WEB,
      'g.yaml': 'apiVersion: example.com/v1\nkind: PodMaker\nmetadata: {name: g}\n',
    });
    if (message !== null)
      expect(notes.map((one) => one.message)).toEqual([`${message}: what that starts was not read`]);
  });
});

describe('a kustomization', () => {
  it('names the resources that were not given', async () => {
    const { notes, deployments } = await projectOf({
      'kustomization.yaml': 'resources:\n  - web.yaml\n  - https://example.com/all.yaml\n',
      'web.yaml': WEB,
    });
    expect(deployments).toHaveLength(1);
    expect(notes).toEqual([
      {
        at: expect.objectContaining({ file: 'kustomization.yaml', line: 3, column: 5 }),
        message:
          'https://example.com/all.yaml is part of this kustomization and was not given: what that starts was not read',
      },
    ]);
  });

  it('fills in vars where kustomize looks for them, and leaves open those of objects that are not there', async () => {
    const vars = (name: string) =>
      `vars:\n  - name: WORKERS\n    objref: {apiVersion: v1, kind: ConfigMap, name: ${name}}\n    fieldref: {fieldpath: data.workers}\n`;
    const web = (WEB + SETTINGS).replace('"2"', '$(WORKERS)');
    expect(settingsText(await built(vars('settings'), web), 'workers')).toMatch(/^workers=12@/);
    expect(settingsText(await built(vars('gone'), web), 'workers')).toMatch(
      /^workers=\? the var WORKERS puts data\.workers of ConfigMap gone in its place, which was not given@/,
    );
  });

  it('looks for vars where a configuration says so too', async () => {
    const server = await built(
      'configurations: [c.yaml]\nvars:\n  - name: N\n    objref: {kind: ConfigMap, name: settings}\n    fieldref: {fieldpath: data.workers}\n',
      `${deployment(
        '          command: [gunicorn, "shop:app"]\n',
        '          envFrom: [{configMapRef: {name: held}}]\n',
      )}${SETTINGS}---\nkind: ConfigMap\nmetadata: {name: held}\ndata: {WEB_CONCURRENCY: $(N)}\n`,
      { 'c.yaml': 'varReference:\n  - {path: data, kind: ConfigMap}\n' },
    );
    expect(settingsText(server, 'workers')).toMatch(/^workers=12@/);
  });

  it('gives labels by which an overlay finds what it patches', async () => {
    const server = await oneServer({
      'kustomization.yaml':
        'resources: [base]\npatches:\n  - target: {labelSelector: team=shop}\n    patch: |\n      - {op: add, path: /spec/template/spec/containers/0/command/1, value: --threads=3}\n',
      'base/kustomization.yaml': 'resources: [web.yaml]\nlabels: [{pairs: {team: shop}}]\n',
      'base/web.yaml': WEB,
    });
    expect(settingsText(server, 'workers', 'threads')).toMatch(/^workers=2@\S+ threads=3@/);
  });

  it('copies, adds before, moves and takes away what patches say', async () => {
    const container = '/spec/template/spec/containers/0';
    const server = await built(
      `patches:\n  - target: {kind: Deployment}\n    patch: |\n      - {op: copy, from: ${container}/env/0/value, path: ${container}/command/2}\n      - {op: remove, path: ${container}/command/3}\n      - {op: move, from: ${container}/command/3, path: ${container}/command/1}\n`,
    );
    expect(settingsText(server, 'workers')).toMatch(/^workers=1@/);
    expect(server.app).toMatchObject({ value: 'shop:app' });
    const { deployments, failures } = await projectOf({
      'kustomization.yaml':
        'resources: [web.yaml]\npatches:\n  - patch: |\n      kind: Deployment\n      metadata: {name: web}\n      $patch: delete\n',
      'web.yaml': WEB,
    });
    expect([deployments, failures]).toEqual([[], []]);
  });
});
