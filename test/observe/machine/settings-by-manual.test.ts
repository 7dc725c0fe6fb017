import { expect, test } from 'vitest';
import { detect } from '../../../src/observe/machine/detect.js';
import { observedValues } from '../../../src/observe/machine/values.js';
import { type Files, MACHINE, machineHost, processesFiles } from './made-up-machine.js';

interface Started {
  readonly command: string;
  readonly environment?: readonly string[];
  readonly files?: Files;
}

async function detected({ command, environment = [], files = {} }: Started) {
  const started = { pid: 100, command: command.split(' '), environment, folder: '/srv/shop' };
  return detect(machineHost({ ...MACHINE, ...processesFiles(started), ...files }));
}

const found = async (started: Started) => (await detected(started)).servers[0]!;

const arguments_ = (value: number) => ({ value, from: 'arguments' });
const environment = (value: number) => ({ value, from: 'environment' });
const configuration = (value: number) => ({ value, from: 'configuration' });

test.each<[Started, object]>([
  [
    { command: 'uvicorn shop:app --timeout-keep-alive 65', environment: ['UVICORN_BACKLOG=64'] },
    { backlog: environment(64), keepalive: arguments_(65_000) },
  ],
  [
    { command: 'uvicorn shop:app --backlog 9', environment: ['UVICORN_BACKLOG=64'] },
    { backlog: arguments_(9) },
  ],
  [
    { command: 'uvicorn shop:app', environment: ['UVICORN_LIMIT_CONCURRENCY=40'] },
    { workerConnections: environment(40) },
  ],
  [
    { command: 'granian --interface asgi shop:app', environment: ['GRANIAN_BACKPRESSURE=32'] },
    { workerConnections: environment(32) },
  ],
  [{ command: 'daphne -e tcp:port=8000:backlog=99 shop:app' }, {}],
  [
    { command: 'mod_wsgi-express start-server shop.wsgi --queue-timeout 20' },
    { queueTimeout: arguments_(20_000) },
  ],
])('%j sets what it says, by its variables too', async (started, settings) => {
  expect((await found(started)).settings).toMatchObject(settings);
});

test.each<[string, Started, object]>([
  [
    'variables of uWSGI',
    {
      command: 'uwsgi --http-socket :8000 --module shop',
      environment: ['UWSGI_THREADS=4', 'UWSGI_LISTEN=64'],
    },
    { threads: environment(4), settings: { backlog: environment(64) }, configFile: null, configRead: true },
  ],
  [
    'a uwsgi.ini beside the process',
    {
      command: 'uwsgi uwsgi.ini',
      files: { '/srv/shop/uwsgi.ini': '[uwsgi]\nthreads = 6\nlisten = 77\nharakiri = 20' },
    },
    {
      threads: configuration(6),
      settings: { backlog: configuration(77), timeout: configuration(20_000) },
      configFile: 'uwsgi.ini',
    },
  ],
  [
    'one within the root of its container',
    {
      command: 'uwsgi --ini /etc/uwsgi.ini',
      files: { '/proc/100/root/etc/uwsgi.ini': '[uwsgi]\nthreads = 5' },
    },
    { threads: configuration(5) },
  ],
  [
    'a hypercorn.toml',
    {
      command: 'hypercorn -c hypercorn.toml shop:app',
      files: { '/srv/shop/hypercorn.toml': 'backlog = 77' },
    },
    { settings: { backlog: configuration(77) }, configFile: 'hypercorn.toml', configRead: true },
  ],
  [
    'threads of a pool of Granian',
    { command: 'granian --interface wsgi shop:app', environment: ['GRANIAN_BLOCKING_THREADS=8'] },
    { threads: environment(8) },
  ],
])('%s', async (_, started, expected) => {
  expect(await found(started)).toMatchObject(expected);
});

test('a file that may not be read leaves what it may set unknown', async () => {
  const server = await found({ command: 'uwsgi --ini /etc/uwsgi.ini' });
  expect(server).toMatchObject({ threads: null, configRead: false });
});

test('a default is told as that of the server', async () => {
  const values = observedValues(await detected({ command: 'waitress-serve shop:app' }));
  expect(values.find(({ name }) => name === 'threads')).toMatchObject({
    text: '4',
    where: "waitress 100, Waitress's default",
  });
});
