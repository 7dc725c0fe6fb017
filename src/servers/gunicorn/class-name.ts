import { WORKER_CLASSES, type WorkerClass } from './worker-class.js';

const ALIASES: Readonly<Record<string, WorkerClass>> = {
  egg_sync: 'sync',
  'gunicorn.workers.sync.SyncWorker': 'sync',
  'gunicorn.workers.gthread.ThreadWorker': 'gthread',
  gevent_wsgi: 'gevent',
  gevent_pywsgi: 'gevent',
  'gunicorn.workers.ggevent.GeventWorker': 'gevent',
  'gunicorn.workers.geventlet.EventletWorker': 'eventlet',
  'gunicorn.workers.gtornado.TornadoWorker': 'tornado',
  'gunicorn.workers.gasgi.ASGIWorker': 'asgi',
};

/** The worker class that a value of `worker_class` names; null for one of somebody's own. */
export function classNamed(written: string): WorkerClass | null {
  const name = written.replace(/^egg:gunicorn#/, '');
  const own = WORKER_CLASSES.find((known) => known === name && known !== 'uvicorn');
  if (own) return own;
  if (Object.hasOwn(ALIASES, name)) return ALIASES[name]!;
  return /(^|\.)Uvicorn(H11)?Worker$/.test(name) ? 'uvicorn' : null;
}
