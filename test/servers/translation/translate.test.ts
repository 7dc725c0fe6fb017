import { describe, expect, it } from 'vitest';
import { plan } from '../../../src/index.js';
import type { Deployment } from '../../../src/servers/deployments/deployment.js';
import { SERVERS, serverNamed } from '../../../src/servers/index.js';
import { manualOf } from '../../../src/servers/manuals.js';
import { isLacking } from '../../../src/servers/translation/dialect.js';
import { translate } from '../../../src/servers/translation/translate.js';
import { oneServer, projectOf } from '../deployments/servers-of.js';

const PAIRS = SERVERS.flatMap((from) => SERVERS.filter((to) => to !== from).map((to) => [from, to] as const));

const runningOf = (one: Deployment) => manualOf(one.server).running(one);

/** A deployment by the command that `plan` emits for a server. */
function planned(name: string) {
  const { recommendation } = plan({ cores: 2, mem: 1024, perWorker: 100, server: name });
  const { program, words, application } = serverNamed(name).start(recommendation!.settings);
  return oneServer({ Procfile: `web: ${[program, ...words, ...application].join(' ')}\n` });
}

describe.each(PAIRS.map(([from, to]) => ({ from: from.name, to: to.name })))(
  '$from to $to',
  ({ from, to }) => {
    it('says what it translates in words that the other server reads back, and explains the rest', async () => {
      const deployment = await planned(from);
      const { settings, lost } = translate(deployment, runningOf(deployment), serverNamed(to));
      const { program, words, application } = serverNamed(to).start(
        Object.fromEntries(settings.map(({ name, value }) => [name, value])),
      );
      const back = await oneServer({ Procfile: `web: ${[program, ...words, ...application].join(' ')}\n` });
      expect(back.unknownFlags).toEqual([]);
      expect(back.server.name).toBe(to);
      const known = [...deployment.settings.keys()];
      const spoken = new Set([
        ...settings.flatMap(({ from: one }) => one?.name ?? []),
        ...lost.map(({ name }) => name),
      ]);
      // A switch that is off by the other's way, and a kind that the words say, need no word.
      const silent = known.filter((name) => !spoken.has(name));
      expect(
        silent.filter((name) => !['threads', 'lazy_apps', 'interface', 'preload_app'].includes(name)),
      ).toEqual([]);
      for (const { why } of lost) expect(why.length).toBeGreaterThan(8);
      const workers = (one: typeof back) => runningOf(one).workers.value;
      if (!isLacking(manualOf(serverNamed(to)).dialect.says.workers))
        expect(workers(back)).toBe(workers(deployment));
    });
  },
);

async function moved(text: string, to: string) {
  const deployment = await oneServer({ 'uwsgi.ini': text });
  return translate(deployment, runningOf(deployment), serverNamed(to));
}

describe('what nothing sets', () => {
  it('is as it runs now, since the other server has defaults of its own', async () => {
    const sync = await oneServer({ Procfile: 'web: gunicorn -w 2 a:b\n' });
    const { settings } = translate(sync, runningOf(sync), serverNamed('granian'));
    expect(settings.map(({ name, value }) => [name, value])).toContainEqual(['blocking_threads', 1]);
    const apache = (await projectOf({ 'site.conf': 'WSGIDaemonProcess a\n' })).deployments[0]!;
    const gunicorn = translate(apache, runningOf(apache), serverNamed('gunicorn'));
    expect(gunicorn.settings.map(({ name, value }) => [name, value])).toEqual([
      ['workers', 1],
      ['threads', 15],
    ]);
  });
});

describe('uwsgi.ini', () => {
  const ini =
    '[uwsgi]\nprocesses = 4\nthreads = 2\nlazy-apps = true\nharakiri = 30\noffload-threads = 2\nvacuum = true\n';
  it('names an option that no table lists', async () => {
    const { lost } = await moved(ini, 'granian');
    expect(lost.map(({ name, isNeedless }) => [name, isNeedless])).toEqual([
      ['lazy_apps', true],
      ['harakiri', false],
      ['offload-threads', false],
      ['vacuum', true],
    ]);
  });
  it('says preload by lazy-apps, which is its opposite', async () => {
    const without = ini.replace('lazy-apps = true\n', 'lazy-apps = false\n');
    const names = async (text: string) => (await moved(text, 'gunicorn')).settings.map(({ name }) => name);
    expect(await names(ini)).not.toContain('preload_app');
    expect(await names(without)).toContain('preload_app');
  });
});

describe('what a uwsgi.ini says that no size depends on', () => {
  const ini = `[uwsgi]
base = /srv/shop
module = %(app)
app = run
callable = app
home = %(base)/venv
socket = %(base)/shop.sock
chmod-socket = 660
logto = /var/log/uwsgi/%n.log
cheaper-algo = spare
processes = 4
`.replace('module = %(app)\napp = run', 'app = run\nmodule = %(app)');

  it.each(['gunicorn', 'granian', 'uvicorn'])('is explained: to %s', async (to) => {
    const { lost } = await moved(ini, to);
    const why = (name: string) => lost.find((one) => one.name === name);
    expect(why('socket')).toMatchObject({
      isNeedless: false,
      why: expect.stringMatching(/uwsgi protocol.*proxy_pass/),
    });
    expect(why('logto')).toMatchObject({ isNeedless: false });
    expect(why('cheaper_algo')).toMatchObject({ isNeedless: false });
    expect(why('chmod-socket')).toMatchObject({ isNeedless: true });
    expect(why('home')).toMatchObject({ isNeedless: true, value: '/srv/shop/venv' });
    expect(lost.filter(({ why: reason }) => /no setting for it that is known/.test(reason))).toEqual([]);
  });

  it.each([
    ['module = run\ncallable = app', 'run:app'],
    ['module = shop.wsgi', 'shop.wsgi:application'],
    ['module = shop.wsgi:main\ncallable = app', 'shop.wsgi:main'],
  ])('the application by its whole name: %j is %s', async (text, app) => {
    const deployment = await oneServer({ 'uwsgi.ini': `[uwsgi]\nprocesses = 2\n${text}\n` });
    expect(deployment.app).toMatchObject({ known: true, value: app });
  });
});
