import { describe, expect, test } from 'vitest';
import { readAppEngine } from '../../../src/files/platforms/app-engine.js';
import { readEcs } from '../../../src/files/platforms/ecs.js';
import { readFly } from '../../../src/files/platforms/fly.js';
import { readRender } from '../../../src/files/platforms/render.js';
import { sourceOf } from '../../../src/files/text-file.js';
import { commandTold, environmentTold, told } from './told.js';

const value = (text: string) => text.split('@')[0];

describe("Fly's machines", () => {
  const fly = (text: string) => readFly(sourceOf('fly.toml', text));

  test('are one for each process, each with its own size, variables of all', () => {
    const [web, job] = fly(
      [
        'app = "shop"',
        'kill_signal = "SIGTERM"',
        'kill_timeout = "2m"',
        '[env]',
        'A = "1"',
        '[processes]',
        'web = "gunicorn app:app"',
        'job = ""',
        '[[vm]]',
        'size = "performance-2x"',
        '[[vm]]',
        'processes = ["job"]',
        'memory = "1gb"',
        'cpus = 4',
      ].join('\n'),
    );
    expect([web!.name, commandTold(web!.command), told(web!.stopGraceSeconds)]).toEqual([
      'web',
      '> gunicorn app:app',
      '120@3:16',
    ]);
    expect(environmentTold(web!)).toEqual(['A=1']);
    expect([web!.resources.cpuLimit, web!.resources.memoryLimitMiB].map(told)).toEqual([
      '2@10:8',
      '4096@10:8',
    ]);
    expect([job!.resources.cpuLimit, job!.resources.memoryLimitMiB].map(told)).toEqual([
      '4@14:8',
      '1024@13:10',
    ]);
    expect(commandTold(job!.command)).toBe('-');
  });

  test.each([
    ['size = "shared-cpu-4x"', '4', '1024'],
    ['size = "shared-cpu-1x"\nmemory = "512"', '1', '512'],
    ['size = "shared-cpu-1x"\nmemory_mb = 512', '1', '512'],
    ['memory = "1 GB"\ncpus = 2', '2', '1024'],
    ['size = "a100-40gb"', '-', '-'],
    ['cpus = "many"\nmemory = "lots"', '? cpus = many is not read', '? memory = lots is not read'],
    ['', '-', '-'],
  ])('of %j have %s cores and %s MiB', (vm, cores, mib) => {
    const [machine] = fly(`[[vm]]\n${vm}`);
    expect(value(told(machine!.resources.cpuLimit))).toBe(cores);
    expect(value(told(machine!.resources.memoryLimitMiB))).toBe(mib);
  });

  test('without processes run the command of the image, or the one that is set', () => {
    const [plain] = fly('[build]\nimage = "x:1"\ndockerfile = "D"\nbuild-target = "t"');
    expect(plain).toMatchObject({
      name: 'fly.toml',
      command: null,
      image: 'x:1',
      build: { dockerfile: 'D', target: 't' },
    });
    const [set] = fly('app = "shop"\n[experimental]\ncmd = "gunicorn app:app"');
    expect([set!.name, commandTold(set!.command), set!.at.line]).toEqual(['shop', '> gunicorn app:app', 3]);
  });

  test('end in grace only on SIGTERM: after 5 s, or what is set', () => {
    const grace = (text: string) => value(told(fly(text)[0]!.stopGraceSeconds));
    expect(grace('')).toBe('-');
    expect(grace('kill_signal = "SIGINT"\nkill_timeout = 9')).toBe('-');
    expect(grace('kill_signal = "SIGTERM"')).toBe('5');
    expect(grace('kill_signal = "SIGTERM"\nkill_timeout = 9')).toBe('9');
    expect(grace('kill_signal = "SIGTERM"\nkill_timeout = "9s"')).toBe('9');
    expect(grace('kill_signal = "SIGTERM"\nkill_timeout = "9h"')).toBe('? kill_timeout = 9h is not read');
  });

  test('take so many requests at once as the hard limit says, where requests are counted', () => {
    const limit = (type: string) => {
      const { concurrency } = fly(`[http_service.concurrency]\n${type}\nsoft_limit = 20\nhard_limit = 25`)[0]!
        .traffic;
      return concurrency && `${concurrency.name} ${value(told(concurrency.limit))}`;
    };
    expect(limit('type = "requests"')).toBe('hard_limit 25');
    expect(limit('type = "connections"')).toBeNull();
    expect(limit('')).toBeNull();
    expect(fly('[http_service.concurrency]\ntype = "requests"')[0]!.traffic.concurrency).toBeNull();
  });
});

describe("Render's services", () => {
  const render = (text: string) => readRender(sourceOf('render.yaml', text));
  const YAML = `
services:
  - type: web
    name: shop
    plan: pro plus
    startCommand: gunicorn app:app
    numInstances: 2
    maxShutdownDelaySeconds: 60
    scaling: {maxInstances: 5}
    envVars:
      - {key: A, value: 1}
      - {key: B, sync: false}
      - fromGroup: g
  - type: pserv
    runtime: docker
    rootDir: api
    dockerfilePath: ./api/Dockerfile
    dockerCommand: x
    envVars: [{fromGroup: gone}]
  - type: cron
    name: c
  - type: worker
    env: docker
envVarGroups:
  - name: g
    envVars: [{key: C, value: c}]
`;

  test('have command, plan, copies and variables, those of groups included', () => {
    const [shop] = render(YAML);
    expect([shop!.name, commandTold(shop!.command)]).toEqual(['shop', '$ gunicorn app:app']);
    expect([shop!.resources.cpuLimit, shop!.resources.memoryLimitMiB].map(told)).toEqual([
      '4@5:11',
      '8192@5:11',
    ]);
    expect([shop!.copies.replicas, shop!.copies.most, shop!.stopGraceSeconds].map(told).map(value)).toEqual([
      '2',
      '5',
      '60',
    ]);
    expect(environmentTold(shop!)).toEqual(['A=1', 'B? B is set outside of the file', 'C=c']);
    expect([shop!.environmentIncomplete, shop!.build]).toEqual([null, null]);
  });

  test('that are images are built from their Dockerfile; jobs serve nothing', () => {
    const [, api, worker, ...others] = render(YAML);
    expect(others).toEqual([]);
    expect(api).toMatchObject({
      name: 'service',
      build: { directory: 'api', dockerfile: 'api/Dockerfile', target: null },
      environmentIncomplete: 'the group gone, which was not given',
      resources: { cpuLimit: null },
    });
    expect(commandTold(api!.command)).toBe('$ x');
    expect(worker!.build).toEqual({ directory: '', dockerfile: null, target: null });
  });
});

describe("App Engine's services", () => {
  const engine = (text: string) => readAppEngine(sourceOf('app.yaml', text))[0]!;
  const concurrency = (text: string) => engine(text).traffic.concurrency;

  test('have the memory of their class, which is F1 where none is named', () => {
    const mib = (text: string) => value(told(engine(`runtime: python312\n${text}`).resources.memoryLimitMiB));
    expect(mib('')).toBe('384');
    expect(mib('instance_class: B8')).toBe('3072');
    expect(mib('instance_class: F4_1G')).toBe('3072');
    expect(mib('instance_class: Z1')).toBe('? this instance class is not known');
    expect(mib('env: flex\nresources: {memory_gb: 2.5, cpu: 2}')).toBe('2560');
    expect(mib('env: flex')).toBe('-');
    expect(mib('env: flex\nresources: {memory_gb: lots}')).toBe('? this size is not read');
  });

  test('take ten requests at once, or as many as is set; flexible ones any number', () => {
    expect(told(concurrency('runtime: python312')!.limit)).toBe('10@1:10');
    expect(
      told(concurrency('runtime: python312\nautomatic_scaling: {max_concurrent_requests: 40}')!.limit),
    ).toMatch(/^40@/);
    expect(concurrency('runtime: python312\nvm: true')).toBeNull();
  });

  test('start their entry point, or what the runtime starts', () => {
    const plain = engine(
      'runtime: python312\nservice: api\nenv_variables: {A: 1}\nmanual_scaling: {instances: 3}',
    );
    expect([plain.name, commandTold(plain.command), plain.base!.image]).toEqual([
      'api',
      '-',
      "App Engine's runtime python312",
    ]);
    expect([environmentTold(plain), value(told(plain.copies.replicas))]).toEqual([['A=1'], '3']);
    const own = engine(
      'runtime: python312\nentrypoint: gunicorn a:b\nautomatic_scaling: {max_num_instances: 7}',
    );
    expect([own.name, commandTold(own.command), own.base, value(told(own.copies.most))]).toEqual([
      'app.yaml',
      '$ gunicorn a:b',
      null,
      '7',
    ]);
    expect(engine('runtime: custom\nenv: flex').base).toBeNull();
    expect(readAppEngine(sourceOf('app.yaml', 'runtime: go122'))).toEqual([]);
  });
});

describe("ECS's containers", () => {
  const ecs = (task: object) => readEcs(sourceOf('task.json', JSON.stringify(task)));
  const WEB = {
    name: 'web',
    image: 'x:1',
    command: ['gunicorn', 'app:app'],
    entryPoint: ['sh'],
    stopTimeout: 40,
  };

  test('share the memory of the task with those that have none of their own', () => {
    const [web, side, capped] = ecs({
      family: 'shop',
      cpu: '512',
      memory: '2 GB',
      containerDefinitions: [WEB, { name: 'side' }, { name: 'capped', memory: 256 }],
    });
    expect([web!.name, commandTold(web!.entrypoint), commandTold(web!.command), web!.image]).toEqual([
      'shop / web',
      'sh',
      'gunicorn|app:app',
      'x:1',
    ]);
    expect(
      [web!.resources.cpuLimit, web!.resources.memoryLimitMiB, web!.stopGraceSeconds].map(told).map(value),
    ).toEqual(['0.5', '2048', '40']);
    expect([web, side, capped].map((one) => one!.sharedWith)).toEqual([['side'], ['web'], []]);
    expect(value(told(capped!.resources.memoryLimitMiB))).toBe('256');
  });

  test.each([
    [{ cpu: '1 vCPU', memory: '512' }, '1', '512'],
    [{ cpu: 0, memory: '0' }, '-', '-'],
    [{ cpu: 'lots', memory: '2 TB' }, '? lots is not read', '? 2 TB is not read'],
    [{ cpu: '' }, '-', '-'],
  ])('of a task of %j have %s cores and %s MiB', (task, cores, mib) => {
    const [web] = ecs({ ...task, containerDefinitions: [{ ...WEB, command: [] }] });
    expect(value(told(web!.resources.cpuLimit))).toBe(cores);
    expect(value(told(web!.resources.memoryLimitMiB))).toBe(mib);
    expect([web!.name, commandTold(web!.command)]).toEqual(['task / web', '-']);
  });

  test('have variables, secrets that are not known, and files that were not given', () => {
    const [web] = ecs({
      taskDefinition: {
        containerDefinitions: [
          {
            environment: [{ name: 'A', value: '1' }, { name: 'X' }],
            secrets: [{ name: 'B', valueFrom: 'arn' }],
            environmentFiles: [{ value: 'arn' }],
            cpu: 256,
            memoryReservation: 128,
          },
        ],
      },
    });
    expect(web!.name).toBe('task / container');
    expect(environmentTold(web!)).toEqual(['A=1', 'B? B comes from a secret']);
    expect(web!.environmentIncomplete).toBe('environmentFiles, which were not given');
    expect([web!.resources.cpuLimit, web!.resources.memoryRequestMiB].map(told).map(value)).toEqual([
      '0.25',
      '128',
    ]);
    expect(ecs({ containerDefinitions: [WEB] })[0]!.environmentIncomplete).toBeNull();
  });
});
