import { describe, expect, test } from 'vitest';
import { CLASS_FACTS, factsOf } from '../../../src/servers/gunicorn/classes.js';
import { missingIn, sortClasses, whyUnsuitable } from '../../../src/servers/gunicorn/suitability.js';
import { WORKER_CLASSES } from '../../../src/servers/gunicorn/worker-class.js';

const needs = { gunicorn: 26, websockets: false, proxy: true };

describe('worker classes', () => {
  test('each have facts with a source', () => {
    for (const name of WORKER_CLASSES) {
      const { note, source, setting, since, until } = factsOf(name);
      expect(note.length).toBeGreaterThan(10);
      expect(source).toMatch(/\.py/);
      expect(setting).toMatch(/^[\w.]+$/);
      expect(since).toBeLessThan(until);
    }
    expect(Object.keys(CLASS_FACTS)).toEqual([...WORKER_CLASSES]);
  });

  test.each([
    ['asgi', 23, 'does not exist before Gunicorn 24'],
    ['asgi', 24, null],
    ['eventlet', 25, null],
    ['eventlet', 26, 'was removed in Gunicorn 26'],
    ['eventlet', 30, 'was removed in Gunicorn 26'],
    ['sync', 19, null],
  ] as const)('%s in Gunicorn %i: %s', (name, gunicorn, reason) => {
    expect(missingIn(name, gunicorn)).toBe(reason);
    expect(whyUnsuitable(name, { ...needs, gunicorn })).toBe(reason);
  });

  test('that speak WebSockets are gevent, asgi and uvicorn', () => {
    const { suitable, unsuitable } = sortClasses({ ...needs, gunicorn: 25, websockets: true });
    expect(suitable).toEqual(['gevent', 'asgi', 'uvicorn']);
    expect(unsuitable.map((u) => u.workerClass)).toEqual(['sync', 'gthread', 'eventlet', 'tornado']);
    for (const { reason } of unsuitable) expect(reason).toContain('WebSockets');
  });

  test('but sync can do without a buffering proxy', () => {
    const { suitable, unsuitable } = sortClasses({ ...needs, proxy: false });
    expect(suitable).not.toContain('sync');
    expect(unsuitable.find((u) => u.workerClass === 'sync')!.reason).toContain('slow client');
  });
});
