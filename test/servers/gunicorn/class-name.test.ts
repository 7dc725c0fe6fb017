import { expect, test } from 'vitest';
import { classNamed } from '../../../src/servers/gunicorn/class-name.js';

test.each([
  ['egg:gunicorn#gevent', 'gevent'],
  ['egg:gunicorn#sync', 'sync'],
  ['gunicorn.workers.ggevent.GeventPyWSGIWorker', 'gevent'],
  ['gunicorn.workers.gasgi.ASGIWorker', 'asgi'],
  ['app.workers.UvicornWorker', 'uvicorn'],
  ['uvicorn', null],
  ['sync', 'sync'],
  ['gunicorn.workers.gthread.ThreadWorker', 'gthread'],
  ['gevent_pywsgi', 'gevent'],
  ['uvicorn.workers.UvicornWorker', 'uvicorn'],
  ['uvicorn_worker.UvicornH11Worker', 'uvicorn'],
  ['my.own.Worker', null],
  ['constructor', null],
])('the worker class behind %s is %s', (name, workerClass) => {
  expect(classNamed(name)).toBe(workerClass);
});
