import { expect, test } from 'vitest';
import { kindOf } from '../../src/files/kind.js';
import {
  composeMemoryMiB,
  composeSeconds,
  cpuCores,
  kubernetesMemoryMiB,
  wholeNumber,
} from '../../src/files/quantities.js';

test.each([
  ['2', 2],
  ['0.5', 0.5],
  ['.5', 0.5],
  ['2.', 2],
  ['500m', 0.5],
  ['0.1m', 0.0001],
  ['0', null],
  ['-1', null],
  ['500M', null],
  ['500 m', null],
  ['1e3', null],
  ['', null],
  ['x2', null],
  ['9'.repeat(400), null],
])('%s CPUs are %s cores', (text, cores) => {
  expect(cpuCores(text)).toBe(cores);
});

test.each([
  ['1048576', 1],
  ['512Ki', 0.5],
  ['512Mi', 512],
  ['1Gi', 1024],
  ['1Ti', 1_048_576],
  ['1048576k', 1000],
  ['1048.576M', 1000],
  ['1.048576G', 1000],
  ['1.048576T', 1_000_000],
  ['1048576000m', 1],
  ['1048576e3', 1000],
  ['0', null],
  ['512MB', null],
  ['512mi', null],
  ['-1', null],
  ['Mi', null],
  ['512Mi x', null],
])('Kubernetes: %s are %s MiB', (text, mib) => {
  const found = kubernetesMemoryMiB(text);
  if (mib === null) expect(found).toBeNull();
  else expect(found).toBeCloseTo(mib, 9);
});

test.each([
  ['1048576', 1],
  ['1048576b', 1],
  ['512k', 0.5],
  ['512kb', 0.5],
  ['512m', 512],
  ['512 MB', 512],
  ['1g', 1024],
  ['1.5GB', 1536],
  ['512Mi', null],
  ['1t', null],
  ['0m', null],
])('Compose: %s are %s MiB', (text, mib) => {
  expect(composeMemoryMiB(text)).toBe(mib);
});

test.each([
  ['30s', 30],
  ['1m30s', 90],
  ['1h', 3600],
  ['500ms', 0.5],
  ['250us', 0.00025],
  ['1.5s', 1.5],
  ['0s', 0],
  ['30', null],
  ['', null],
  ['30s ', null],
  ['x30s', null],
  ['1m 30s', null],
])('Compose: %s are %s s', (text, seconds) => {
  expect(composeSeconds(text)).toBe(seconds);
});

test.each([
  ['0', 0],
  ['007', 7],
  ['123456789', 123_456_789],
  ['1234567890', null],
  ['1.0', null],
  ['-1', null],
  ['', null],
  ['1x', null],
])('%s is the whole number %s', (text, value) => {
  expect(wholeNumber(text)).toBe(value);
});

test.each([
  ['Procfile', '', 'procfile'],
  ['Procfile.dev', '', 'procfile'],
  ['MyProcfile', '', undefined],
  ['Procfiles', '', undefined],
  ['Dockerfile', '', 'dockerfile'],
  ['a/Dockerfile.prod', '', 'dockerfile'],
  ['Dockerfile-web', '', 'dockerfile'],
  ['web.dockerfile', '', 'dockerfile'],
  ['Containerfile', '', 'dockerfile'],
  ['kustomization.yml', '', 'kustomization'],
  ['Kustomization', '', 'kustomization'],
  ['render.yaml', '', 'render'],
  ['fly.toml', '', 'fly'],
  ['fly.staging.toml', '', 'fly'],
  ['butterfly.toml', '', undefined],
  ['app.json', '', 'app-json'],
  ['supervisord.conf', '', 'supervisor'],
  ['supervisor-web.ini', '', 'supervisor'],
  ['uwsgi.ini', '', 'other-server'],
  ['uwsgi-prod.xml', '', 'other-server'],
  ['hypercorn.toml', '', 'other-server'],
  ['Granian.json', '', 'other-server'],
  ['compose.yaml', '', 'compose'],
  ['docker-compose.prod.yml', '', 'compose'],
  ['my-compose.yml', '', undefined],
  ['gunicorn.conf.py', '', 'conf'],
  ['web.service', '', 'systemd'],
  ['x/web.service.d/override.conf', '', 'systemd'],
  ['.env', '', 'dotenv'],
  ['.env.prod', '', 'dotenv'],
  ['prod.env', '', 'dotenv'],
  ['start.sh', '', 'script'],
  ['start.bash', '', 'script'],
  ['start.shx', '', undefined],
  // by content, where the name says nothing
  ['task.json', '{"containerDefinitions": []}', 'ecs'],
  ['task.yaml', 'containerDefinitions:\n', 'ecs'],
  ['app.yaml', 'runtime: python312\n', 'app-engine'],
  ['app.yaml', 'env: flex\n', 'app-engine'],
  ['app.yaml', 'x: 1\n  runtime: python\n', undefined],
  ['stack.yml', 'services:\n  web: {}\n', 'compose'],
  ['stack.json', '{\n  "services": {}}', 'compose'],
  ['web.yaml', 'apiVersion: v1\nkind: Pod\n', 'kubernetes'],
  ['web.json', '{\n "kind": "Pod"}', 'kubernetes'],
  ['list.yaml', '- kind: Pod\n', 'kubernetes'],
  ['x.yaml', 'unkind: x\n', undefined],
  ['unit', '[Unit]\nDescription=x\n', 'systemd'],
  ['unit', '[Service] \nExecStart=x\n', 'systemd'],
  ['unit', ' x [Service]\n', undefined],
  ['programs', '[program:web]\ncommand=x\n', 'supervisor'],
  ['site', '[uwsgi]\nhttp=:80\n', 'other-server'],
  ['site', '[server:main]\nuse=x\n', 'other-server'],
  ['run', '#!/bin/bash\n', 'script'],
  ['run', '#!/usr/bin/env sh\n', 'script'],
  ['run', '#!/usr/bin/python\n', undefined],
  ['settings', 'workers = 4\n', 'conf'],
  ['settings', 'worker_class: str = "sync"\n', 'conf'],
  ['settings', 'my_workers = 4\n', undefined],
  ['settings', 'kind: Pod\n', 'kubernetes'],
  ['settings', '', undefined],
])('%s with %j is %s', (path, text, kind) => {
  expect(kindOf(path, text)).toBe(kind);
});
