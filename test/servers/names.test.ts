import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { WORKER_CLASSES } from '../../src/servers/gunicorn/worker-class.js';

const SERVERS = ['gunicorn', 'hypercorn', 'daphne', 'granian', 'uwsgi', 'waitress', 'mod_wsgi'];
const NAME = new RegExp(`\\b(${[...WORKER_CLASSES, ...SERVERS].join('|')})\\b`, 'i');

test.each(['src/model', 'src/simulation'])('%s knows no server and no worker class by its name', (folder) => {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((f) => f.endsWith('.ts'));
  expect(files.length).toBeGreaterThan(10);
  const naming = files.filter((file) => NAME.test(readFileSync(join(folder, file), 'utf8')));
  expect(naming).toEqual([]);
});
