import { describe, expect, it } from 'vitest';
import { oneServer, projectOf, settingsText } from './servers-of.js';

describe('a manifest of Cloud Foundry', () => {
  it('starts its command with its memory, instances and variables', async () => {
    const server = await oneServer({
      'manifest.yml':
        '---\napplications:\n- name: shop\n  memory: 512M\n  instances: 3\n  services: [db]\n  command: python manage.py migrate && gunicorn -w $N shop:app\n  env: {N: "4", KEY: ((key))}\n',
    });
    expect(server.name).toBe('shop');
    expect(settingsText(server, 'workers')).toMatch(/^workers=4@manifest\.yml:7/);
    expect(server.resources.memoryLimitMiB).toMatchObject({ value: 512 });
    expect(server.copies.replicas).toMatchObject({ value: 3 });
    expect(server.environment.get('KEY')).toMatchObject({
      known: false,
      why: '((key)) is filled in when it is pushed',
    });
  });

  it('has a server for each process, which takes from its application what it does not say', async () => {
    const { deployments } = await projectOf({
      'manifest.yml':
        'applications:\n- name: shop\n  memory: 1G\n  processes:\n  - {type: web, instances: ((n)), command: gunicorn -w 2 shop:app}\n  - {type: admin, memory: 256M, command: gunicorn -w 1 admin:app}\n',
    });
    expect(deployments.map(({ name }) => name)).toEqual(['shop / web', 'shop / admin']);
    expect(deployments.map(({ resources }) => resources.memoryLimitMiB)).toMatchObject([
      { value: 1024 },
      { value: 256 },
    ]);
    expect(deployments[0]!.copies.replicas).toMatchObject({ known: false });
  });
});

describe("an app.yaml of DigitalOcean's App Platform", () => {
  const spec = (more: string) =>
    `name: shop\nenvs:\n- {key: THREADS, value: "3"}\nservices:\n- name: web\n  run_command: gunicorn --threads $THREADS shop:app\n  instance_size_slug: apps-s-1vcpu-0.5gb\n  instance_count: 2\n${more}`;

  it('is told from Compose, and has sizes, copies and variables of the whole', async () => {
    const server = await oneServer({ '.do/app.yaml': spec('') });
    expect(settingsText(server, 'workers', 'threads')).toMatch(
      /^workers=\? the buildpack may set WEB_CONCURRENCY .* threads=3@/,
    );
    expect(server.resources).toMatchObject({ cpuLimit: { value: 1 }, memoryLimitMiB: { value: 512 } });
    expect(server.copies.replicas).toMatchObject({ value: 2 });
  });

  it('sets its own variables at run time over those', async () => {
    const envs =
      '  envs:\n  - {key: WEB_CONCURRENCY, value: "9", scope: BUILD_TIME}\n  - {key: WEB_CONCURRENCY, value: "5"}\n';
    expect(settingsText(await oneServer({ 'app.yaml': spec(envs) }), 'workers')).toMatch(/^workers=5@/);
    const indented = `spec:\n${spec(envs).replace(/^(?=.)/gm, '  ')}`;
    expect(settingsText(await oneServer({ 'deploy.template.yaml': indented }), 'workers')).toMatch(
      /^workers=5@/,
    );
  });

  it('builds a Dockerfile, where no buildpack sets anything', async () => {
    const server = await oneServer(
      { 'app.yaml': 'name: shop\nservices:\n- name: web\n  dockerfile_path: web/Dockerfile\n' },
      { 'web/Dockerfile': 'FROM python:3\nCMD gunicorn -w 3 shop:app\n' },
    );
    expect(settingsText(server, 'workers')).toMatch(/^workers=3@web\/Dockerfile/);
  });
});

describe('the files of Railway and Nixpacks', () => {
  it.each([
    [
      'railway.json',
      '{"deploy": {"numReplicas": 2, "startCommand": "python manage.py migrate && gunicorn -w 3 a:b"}}',
    ],
    [
      'railway.toml',
      '[build]\nbuilder = "NIXPACKS"\n\n[deploy]\nstartCommand = "gunicorn -w 3 a:b"\nnumReplicas = 2\n',
    ],
  ])('say what is started: %s', async (file, text) => {
    const server = await oneServer({ [file]: text });
    expect(settingsText(server, 'workers')).toMatch(/^workers=3@/);
    expect(server.copies.replicas).toMatchObject({ value: 2 });
  });
  it('which a nixpacks.toml does too', async () => {
    const server = await oneServer({ 'nixpacks.toml': `[start]\ncmd = "gunicorn -w \${W:-6} a:b"\n` });
    expect(settingsText(server, 'workers')).toMatch(/^workers=6@nixpacks\.toml:2/);
  });
});

describe('a ClowdApp in a Template', () => {
  const template = (parameters: string) =>
    `kind: Template\nobjects:\n- apiVersion: cloud.redhat.com/v1alpha1\n  kind: ClowdApp\n  metadata: {name: inventory}\n  spec:\n    deployments:\n    - name: reads\n      minReplicas: 3\n      podSpec:\n        image: acme/inventory\n        args: [gunicorn, "--workers=\${WORKERS}", "run:app"]\n        resources: {limits: {memory: 512Mi}}\nparameters:\n${parameters}`;

  it('is a Deployment for each that it lists', async () => {
    const server = await oneServer({ 'clowdapp.yml': template('- {name: WORKERS, value: "4"}\n') });
    expect(server.name).toBe('Deployment inventory-reads / reads');
    expect(settingsText(server, 'workers')).toMatch(/^workers=4@clowdapp\.yml:12/);
    expect(server.copies.replicas).toMatchObject({ value: 3 });
    expect(server.resources.memoryLimitMiB).toMatchObject({ value: 512 });
  });

  it('is not known where a parameter has no value', async () => {
    const server = await oneServer({ 'clowdapp.yml': template('- {name: WORKERS, required: true}\n') });
    expect(settingsText(server, 'workers')).toMatch(
      /^workers=\? the parameter WORKERS has no value: give --env WORKERS=VALUE@clowdapp\.yml:12/,
    );
  });
});

it('follows a chain of programs of s6', async () => {
  const server = await oneServer({
    run: '#!/usr/bin/with-contenv bash\nexec \\\n  s6-notifyoncheck -d -n 300 -w 1000 -c "nc -z localhost 3000" \\\n  cd /app s6-setuidgid abc gunicorn -w 2 a:b\n',
  });
  expect(settingsText(server, 'workers')).toMatch(/^workers=2@run:4/);
});

it('names a container whose image is left to a trigger', async () => {
  const { notes } = await projectOf({
    'd.yaml':
      'kind: DeploymentConfig\nmetadata: {name: n}\nspec:\n  template:\n    spec:\n      containers: [{name: c, env: [{name: APP_MODULE, value: a.b}]}]\n',
  });
  expect(notes.map(({ message }) => message)).toEqual([
    'DeploymentConfig n / c runs the image that its file does not name, and what it starts was not read',
  ]);
});
