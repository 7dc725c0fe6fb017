import { WORKER_CLASSES, type WorkerClass } from './worker-class.js';

/** Names that Gunicorn gives classes besides their own (gunicorn/workers/__init__.py). */
const ALIASES: Readonly<Record<string, WorkerClass>> = { gevent_wsgi: 'gevent', gevent_pywsgi: 'gevent' };

/** Gunicorn's own modules, each of which holds workers of one class. */
const MODULES: Readonly<Record<string, WorkerClass>> = {
  sync: 'sync',
  gthread: 'gthread',
  ggevent: 'gevent',
  geventlet: 'eventlet',
  gtornado: 'tornado',
  gasgi: 'asgi',
};

/**
 * The worker class that a value of `worker_class` names: an alias, an entry point (`egg:gunicorn#gevent`) or a dotted path;
 * null for one of somebody's own. A class called UvicornWorker is taken for one of Uvicorn's, whatever module it stands in:
 * applications derive theirs under the same name.
 */
export function classNamed(written: string): WorkerClass | null {
  const name = written.replace(/^egg:gunicorn#/, '');
  const own = WORKER_CLASSES.find((known) => known === name && known !== 'uvicorn');
  if (own) return own;
  if (Object.hasOwn(ALIASES, name)) return ALIASES[name]!;
  const module = /^gunicorn\.workers\.(\w+)\.\w+$/.exec(name)?.[1] ?? '';
  if (Object.hasOwn(MODULES, module)) return MODULES[module]!;
  return /(^|\.)Uvicorn(H11)?Worker$/.test(name) ? 'uvicorn' : null;
}
