import { describe, expect, test } from 'vitest';
import { SERVERS, serverNamed } from '../../src/servers/index.js';
import type { Configuration, Wanted } from '../../src/servers/server.js';
import { version } from '../../src/servers/version.js';

/** What a server is given for three processes of four threads, as far as it has them. */
function settingsOf(name: string, is: Partial<Configuration> = {}, wanted: Partial<Wanted> = {}) {
  const server = serverNamed(name);
  const configuration = { kind: server.kinds[0]!, workers: 3, threads: 4, workerConnections: null, ...is };
  const settings = server.settings(
    configuration,
    {
      version: server.versions.newest,
      ratePerSecond: null,
      requestsUntilFull: null,
      backlog: 2048,
      timeoutMs: 29_001,
      keepaliveMs: 1500,
      preload: false,
      loop: null,
      ...wanted,
    },
    'because',
  );
  return {
    settings,
    values: Object.fromEntries(settings.map(({ name: setting, value }) => [setting, value])),
  };
}
const startOf = (name: string, ...asked: [Partial<Configuration>?, Partial<Wanted>?]) =>
  serverNamed(name).start(settingsOf(name, ...asked).values);

describe('a server is started', () => {
  /** The whole command, the application's place as `app:app`, and how long it then lets requests finish. */
  const COMMANDS: Readonly<Record<string, readonly [string, number]>> = {
    gunicorn: [
      'gunicorn --workers 3 --worker-class sync --backlog 2048 --timeout 30 --graceful-timeout 30 --max-requests 10000 --max-requests-jitter 1000 --worker-tmp-dir /dev/shm app:app',
      30,
    ],
    uvicorn: [
      'uvicorn --workers 3 --backlog 2048 --timeout-keep-alive 2 --timeout-graceful-shutdown 30 --limit-max-requests 10000 --limit-max-requests-jitter 1000 app:app',
      30,
    ],
    hypercorn: [
      'hypercorn --workers 3 --worker-class asyncio --backlog 2048 --keep-alive 2 --graceful-timeout 30 --max-requests 10000 --max-requests-jitter 1000 app:app',
      30,
    ],
    daphne: [
      'daphne --endpoint tcp:port=8000:interface=0.0.0.0:backlog=2048 --application-close-timeout 30 app:app',
      10,
    ],
    granian: [
      'granian --interface wsgi --workers 3 --blocking-threads 4 --backlog 2048 --respawn-failed-workers --workers-kill-timeout 30 app:app',
      30,
    ],
    uwsgi: [
      'uwsgi --master --processes 3 --threads 4 --listen 2048 --harakiri 30 --die-on-term --max-requests 10000 --lazy-apps --need-app --http-socket :8000 --module app:app',
      0,
    ],
    waitress: [
      'waitress-serve --threads=4 --connection-limit=100 --backlog=2048 --channel-timeout=2 app:app',
      5,
    ],
    mod_wsgi: [
      'mod_wsgi-express start-server --processes 3 --threads 4 --max-clients 18 --daemon-backlog 2048 --graceful-timeout 15 --port 8000 --application-type module --callable-object app app',
      15,
    ],
  };

  test.each(SERVERS.map(({ name }) => name))('by these words: %s', (name) => {
    const { program, words, application, gracefulSeconds } = startOf(name);
    expect([[program, ...words, ...application].join(' '), gracefulSeconds]).toEqual(COMMANDS[name]);
  });

  test.each(SERVERS.map(({ name }) => name))('by settings that each have a reason: %s', (name) => {
    const { settings } = settingsOf(name);
    for (const { name: setting, why } of settings) expect(why, setting).toMatch(/^\S.{6,}/);
    expect(settings.some(({ why }) => why.includes('because'))).toBe(true);
  });

  test('by variables that say the same, of a server that reads them', () => {
    const environment = (name: string) => startOf(name).environment;
    expect(environment('gunicorn')).toEqual({ GUNICORN_CMD_ARGS: startOf('gunicorn').words.join(' ') });
    expect(startOf('gunicorn').hints).toEqual({ WEB_CONCURRENCY: '3' });
    expect(environment('uvicorn')).toMatchObject({
      UVICORN_WORKERS: '3',
      UVICORN_LIMIT_MAX_REQUESTS_JITTER: '1000',
    });
    expect(environment('granian')).toMatchObject({
      GRANIAN_INTERFACE: 'wsgi',
      GRANIAN_RESPAWN_FAILED_WORKERS: 'true',
    });
    expect(environment('uwsgi')).toMatchObject({ UWSGI_PROCESSES: '3', UWSGI_HTTP_SOCKET: ':8000' });
    for (const name of ['hypercorn', 'daphne', 'waitress', 'mod_wsgi']) expect(environment(name)).toBeNull();
  });
});

describe('a setting is left out', () => {
  const uvicorn = (is: Partial<Configuration>, wanted: Partial<Wanted> = {}) =>
    settingsOf('uvicorn', is, wanted).values;

  test('of a version that does not know it', () => {
    const names = (minor: number) => Object.keys(uvicorn({}, { version: version(0, minor) }));
    expect(names(29)).not.toContain('limit_max_requests');
    expect(names(30)).toContain('limit_max_requests');
    expect(names(40)).not.toContain('limit_max_requests_jitter');
    expect(names(41)).toContain('limit_max_requests_jitter');
  });

  test('where nobody would start the only process again', () => {
    expect(uvicorn({ workers: 1 })).not.toHaveProperty('limit_max_requests');
    expect(uvicorn({ workers: 2 })).toMatchObject({
      limit_max_requests: 10_000,
      limit_max_requests_jitter: 1000,
    });
  });

  test('unless it was asked for', () => {
    expect(uvicorn({})).not.toHaveProperty('loop');
    expect(uvicorn({}, { loop: 'uvloop' }).loop).toBe('uvloop');
    expect(uvicorn({})).not.toHaveProperty('limit_concurrency');
    expect(uvicorn({ workerConnections: 40 }).limit_concurrency).toBe(40);
    expect(settingsOf('hypercorn', {}, { loop: 'uvloop' }).values.worker_class).toBe('uvloop');
    expect(settingsOf('gunicorn', {}, { preload: true }).values.preload_app).toBe(true);
    expect(settingsOf('uwsgi', {}, { preload: true }).values).not.toHaveProperty('lazy_apps');
    expect(settingsOf('uwsgi', {}, { timeoutMs: 0 }).values).not.toHaveProperty('harakiri');
  });
});

test('workers are replaced after an hour’s worth of requests, or before their memory is full', () => {
  const after = (wanted: Partial<Wanted>) =>
    settingsOf('uvicorn', { workers: 2 }, wanted).values.limit_max_requests;
  expect([after({ ratePerSecond: 5 }), after({ ratePerSecond: 6.001 })]).toEqual([10_000, 11_000]);
  expect(after({ ratePerSecond: 100 })).toBe(180_000);
  // A tenth is jitter.
  expect([after({ requestsUntilFull: 1100 }), after({ requestsUntilFull: 1099 })]).toEqual([1000, 990]);
  expect([after({ requestsUntilFull: 3 }), after({ requestsUntilFull: 1e9 })]).toEqual([10, 10_000]);
});

describe('a configuration file', () => {
  const reasons = { workers: 'as many\nas cores', processes: 'enough', max_clients: 'half as many again' };
  const written = (name: string, settings: Readonly<Record<string, string | number | boolean>>) =>
    serverNamed(name).configurationFile!({ settings, reasons, head: ['Made by hand.'] });

  test('holds its head, and each setting under its reason', () => {
    expect(written('gunicorn', { workers: 3, preload_app: true, worker_class: 'sync' })).toEqual({
      name: 'gunicorn.conf.py',
      text: '# Made by hand.\n\n# as many␊as cores\nworkers = 3\n\npreload_app = True\n\nworker_class = "sync"\n',
    });
    expect(written('hypercorn', { workers: 3, keep_alive: 5, reload: false })).toEqual({
      name: 'hypercorn.toml',
      text: '# Made by hand.\n\n# as many␊as cores\nworkers = 3\n\nkeep_alive_timeout = 5\n\nuse_reloader = false\n',
    });
    expect(written('uvicorn', { workers: 3, loop: 'uv loop' })).toEqual({
      name: 'uvicorn.env',
      text: "# Made by hand.\n# For EnvironmentFile of systemd, env_file of Compose, --env-file of Docker.\n\n# as many␊as cores\nUVICORN_WORKERS=3\n\nUVICORN_LOOP='uv loop'\n",
    });
  });

  test('of uWSGI names its application, and leaves out what it cannot quote', () => {
    expect(written('uwsgi', { processes: 3, die_on_term: true, pidfile: '/run/%n' })).toEqual({
      name: 'uwsgi.ini',
      text: '# Made by hand.\n\n[uwsgi]\n\n# the application, module:variable\nmodule = app:app\n\n# enough\nprocesses = 3\n\ndie-on-term = true\n\n# pidfile is left out: this file cannot hold its value, which the command line can\n',
    });
    expect(written('uwsgi', { module: 'shop:app' }).text).toContain('\nmodule = shop:app\n');
  });

  test('of Apache holds a daemon group in one directive, and as many clients as whole processes have', () => {
    const { name, text } = written('mod_wsgi', {
      processes: 3,
      listen_backlog: 100,
      user: 'a b',
      max_clients: 76,
      port: 8000,
    });
    expect([name, text]).toEqual([
      'mod_wsgi.conf',
      `# Made by hand.

# half as many again
# In whole processes of 25 (ThreadsPerChild); outside any VirtualHost.
MaxRequestWorkers 100

# processes: enough
# user is left out: this file cannot hold its value, which the command line can
WSGIDaemonProcess app processes=3 listen-backlog=100

# The application, beside its WSGIScriptAlias
WSGIProcessGroup app
WSGIApplicationGroup %{GLOBAL}
`,
    ]);
    const clients = (most: number) => written('mod_wsgi', { max_clients: most }).text;
    expect(clients(400)).not.toContain('ServerLimit');
    expect(clients(401)).toContain('\nServerLimit 17\nMaxRequestWorkers 425\n');
    expect(written('mod_wsgi', { threads: 5 }).text).toMatch(
      /^# Made by hand\.\n\nWSGIDaemonProcess app threads=5\n/,
    );
  });
});
