import { describe, expect, test } from 'vitest';
import { detect } from '../../../src/observe/machine/detect.js';
import { type Files, MACHINE, machineHost, processesFiles } from './made-up-machine.js';

interface Started {
  readonly words: readonly string[];
  readonly environment?: readonly string[];
  readonly folder?: string;
  readonly files?: Files;
}

/** The one server that runs, with a worker of the same command line. */
async function started({ words, files, ...rest }: Started) {
  const command = ['/usr/bin/python3', '/usr/bin/gunicorn', ...words];
  const tree = {
    ...MACHINE,
    ...processesFiles({ pid: 100, command, ...rest }, { pid: 101, parent: 100, command, ...rest }),
    ...files,
  };
  const { servers, notes } = await detect(machineHost(tree));
  expect(servers).toHaveLength(1);
  return { ...servers[0]!, notes };
}

const typed = (...words: string[]) => started({ words });

describe("Gunicorn's command line", () => {
  test.each([
    [['--threads', '4', 'app:app'], 4],
    [['--threads=4', 'app:app'], 4],
    [['app:app', '--threads=2', '--threads=4'], 4],
    // argparse takes a long option cut short where it fits one alone
    [['--thr', '4', 'app:app'], 4],
    // switches take no word of their own, whichever they are
    [['--enable-backlog-metric', 'app:app', '--threads', '4'], 4],
    [['-D', '-R', '--reuse-port', '--spew', '--no-sendfile', 'app:app', '--threads', '4'], 4],
    // options that take one may be given anything
    [['-b', '--threads', '--threads', '4', 'app:app'], 4],
    [['-n', 'web', '-p/run/pid', '-u', 'www', '-g', 'www', '-m', '7', 'app:app', '--threads=4'], 4],
  ])('%j starts app:app with %d threads', async (words, threads) => {
    const server = await typed(...words);
    expect(server.application).toBe('app:app');
    expect(server.threads).toEqual({ value: threads, from: 'arguments' });
    expect(server.workerClass).toEqual({ value: 'gthread', from: 'arguments' });
  });

  test('that says nothing leaves the defaults, which are named as such', async () => {
    expect(await typed('app:app')).toMatchObject({
      workerClass: { value: 'sync', from: 'default' },
      threads: { value: 1, from: 'default' },
      preload: { value: false, from: 'default' },
      settings: {},
      configFile: null,
      configRead: true,
    });
  });

  test.each([
    [['--threads', '0'], { value: 1, from: 'default' }],
    [['--threads', '-3'], { value: 1, from: 'default' }],
    [['--threads', '2.5'], { value: 1, from: 'default' }],
    [['--threads'], { value: 1, from: 'default' }],
    [['--threads', '1'], { value: 1, from: 'arguments' }],
  ])('%j is no number of threads, or one', async (words, threads) => {
    expect((await typed('app:app', ...words)).threads).toEqual(threads);
  });

  test('keeps a class that does not thread as it is, and makes gthread of sync with threads', async () => {
    expect((await typed('-k', 'gevent', '--threads', '4', 'app:app')).workerClass?.value).toBe('gevent');
    expect((await typed('-k', 'sync', '--threads', '4', 'app:app')).workerClass?.value).toBe('gthread');
    expect((await typed('-k', 'sync', 'app:app')).workerClass?.value).toBe('sync');
    expect((await typed('-kuvicorn.workers.UvicornWorker', 'app:app')).workerClass?.value).toBe('uvicorn');
  });

  test('with a class of its own leaves the class unknown, and says how to give it', async () => {
    const { workerClass, notes } = await typed('-k', 'app.workers.Own', '--threads', '4', 'app:app');
    expect(workerClass).toBeNull();
    expect(notes).toContain(
      'gunicorn 100: its worker class cannot be seen from outside; give it with --worker-class',
    );
  });

  test('gives times in seconds, which are kept in ms; a timeout of 0 is one, a backlog of 0 is none', async () => {
    const { settings } = await typed(
      ...['-t', '0', '--keep-alive', '5', '--backlog', '0', '--worker-connections', '200', 'app:app'],
    );
    expect(settings).toEqual({
      timeout: { value: 0, from: 'arguments' },
      keepalive: { value: 5000, from: 'arguments' },
      workerConnections: { value: 200, from: 'arguments' },
    });
  });
});

describe('the order of sources', () => {
  const CONF = { '/srv/gunicorn.conf.py': 'threads = 2\ntimeout = 50\nbacklog = 99\npreload_app = True\n' };

  test('is command line, GUNICORN_CMD_ARGS, configuration file; each value says where it was found', async () => {
    const server = await started({
      words: ['--threads', '8', 'app:app'],
      environment: ["GUNICORN_CMD_ARGS=--threads 4 --timeout=40 --name 'a b' other:app"],
      folder: '/srv',
      files: CONF,
    });
    expect(server).toMatchObject({
      application: 'app:app',
      threads: { value: 8, from: 'arguments' },
      workerClass: { value: 'gthread', from: 'arguments' },
      preload: { value: true, from: 'configuration' },
      configFile: '/srv/gunicorn.conf.py',
      configRead: true,
      settings: {
        timeout: { value: 40_000, from: 'environment' },
        backlog: { value: 99, from: 'configuration' },
      },
    });
  });

  test('takes the application from GUNICORN_CMD_ARGS where the command line names none', async () => {
    const { application } = await started({ words: [], environment: ['GUNICORN_CMD_ARGS=other:app'] });
    expect(application).toBe('other:app');
    expect((await typed()).application).toBeNull();
  });

  test.each([
    [['-c', 'etc/own.py'], '/srv', '/srv/etc/own.py'],
    [['-c', '/etc/own.py'], '/srv', '/etc/own.py'],
    [['--config', 'file:/etc/own.py'], '/srv', '/etc/own.py'],
    [['-c', 'own.py'], '/', '/own.py'],
    [['-c', '/own.py'], undefined, '/proc/100/root/own.py'],
  ])('a file that is named by %j in %s is read at %s', async (words, folder, path) => {
    const server = await started({
      words: [...words, 'app:app'],
      ...(folder !== undefined && { folder }),
      files: { [path]: "import os\nthreads = int(os.environ['N'])\n" },
      environment: ['N=3'],
    });
    expect(server.configRead).toBe(true);
    expect(server.threads).toEqual({ value: 3, from: 'configuration' });
  });

  test('what the process sees at a path goes before what we see there', async () => {
    const { threads } = await started({
      words: ['app:app'],
      folder: '/srv',
      files: { ...CONF, '/proc/100/root/srv/gunicorn.conf.py': 'threads = 7' },
    });
    expect(threads?.value).toBe(7);
  });

  test.each([
    ['python:app.conf', {}],
    ['own.py', {}],
    ['own.py', { '/srv/own.py': 'import secrets\nthreads = secrets.randbelow(9)\n' }],
    ['own.py', { '/srv/own.py': 'threads = (\n' }],
  ])('where %s cannot be read, nothing is taken for the default, and a note says so', async (path, files) => {
    const server = await started({ words: ['-c', path, 'app:app'], folder: '/srv', files });
    expect(server).toMatchObject({ configRead: false, configFile: path, threads: null, workerClass: null });
    expect(server.preload?.from).toBe('processes');
    expect(server.notes).toContain(
      `gunicorn 100: its configuration file ${path} may set what cannot be seen here`,
    );
  });

  test('a relative path without a working directory that may be seen is not read', async () => {
    const server = await started({ words: ['-c', 'own.py', 'app:app'], files: { '/own.py': 'threads = 2' } });
    expect(server.configRead).toBe(false);
  });

  test("a file's preload_app = False is said by the file", async () => {
    const { preload } = await started({
      words: ['app:app'],
      folder: '/srv',
      files: { '/srv/gunicorn.conf.py': 'preload_app = False' },
    });
    expect(preload).toEqual({ value: false, from: 'configuration' });
  });

  test('multiprocessing.cpu_count() is what the kernel has online, whatever the limits', async () => {
    const { threads } = await started({
      words: ['app:app'],
      folder: '/srv',
      files: {
        '/srv/gunicorn.conf.py': 'import multiprocessing\nthreads = multiprocessing.cpu_count()',
        '/proc/100/status': 'Cpus_allowed_list:\t0-1\nVmRSS:\t1024 kB',
      },
    });
    expect(threads?.value).toBe(8);
  });
});

describe('a title that setproctitle gave', () => {
  const titled = (name: string, maps: string) => {
    const pad = ['', ''];
    return detect(
      machineHost({
        ...MACHINE,
        ...processesFiles(
          { pid: 100, command: [`gunicorn: master [${name}]`, ...pad] },
          { pid: 101, parent: 100, command: [`gunicorn: worker [${name}]`, ...pad] },
        ),
        '/proc/101/maps': maps,
      }),
    );
  };

  test.each([
    ['7f00 r-xp /venv/lib/gevent/_gevent_c.so', { value: 'gevent', from: 'processes' }],
    ['7f00 r-xp /venv/lib/uvloop/loop.so', { value: 'uvicorn', from: 'processes' }],
    ['7f00 r-xp /usr/lib/libc.so', null],
    ['', null],
  ])('hides the class, which loaded libraries give away: %s', async (maps, workerClass) => {
    const { servers } = await titled('app:app', maps);
    expect(servers[0]).toMatchObject({ application: 'app:app', workerClass, threads: null });
  });

  test('without a name tells no application', async () => {
    expect((await titled('', '')).servers[0]!.application).toBeNull();
  });
});

describe('servers without worker classes', () => {
  const alone = async (...command: string[]) =>
    (await detect(machineHost({ ...MACHINE, ...processesFiles({ pid: 100, command }) }))).servers[0];

  test('are their own worker where they have no master', async () => {
    const server = await alone('/venv/bin/uvicorn', 'app:app', '--backlog', '9');
    expect(server).toMatchObject({
      kind: 'uvicorn',
      application: 'app:app',
      workerClass: null,
      threads: null,
    });
    expect(server!.workers.map(({ pid }) => pid)).toEqual([100]);
    expect(server!.memory).toMatchObject({ perWorkerMiB: 64, masterMiB: 0, totalMiB: 64 });
  });

  test('tell their threads where they run requests on threads, and whether they were told to', async () => {
    const given = await alone('waitress-serve', '--threads=6', 'app:app');
    expect(given).toMatchObject({ kind: 'waitress', threads: { value: 6, from: 'arguments' } });
    const plain = await alone('waitress-serve', 'app:app');
    expect(plain).toMatchObject({ application: 'app:app', threads: { value: 4, from: 'default' } });
  });

  test('that need a subcommand are servers only with it', async () => {
    expect(await alone('mod_wsgi-express', 'start-server', 'app.wsgi')).toMatchObject({ kind: 'mod_wsgi' });
    expect(await alone('mod_wsgi-express', 'module-config')).toBeUndefined();
  });
});
