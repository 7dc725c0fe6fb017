export const WORKER_CLASSES = [
  'sync',
  'gthread',
  'gevent',
  'eventlet',
  'tornado',
  'asgi',
  'uvicorn',
] as const;

export type WorkerClass = (typeof WORKER_CLASSES)[number];
