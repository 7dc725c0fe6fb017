import { describe, expect, test } from 'vitest';
import { CLASS_FACTS, factsOf } from '../../src/servers/gunicorn/kinds.js';
import { WORKER_CLASSES } from '../../src/servers/gunicorn/worker-class.js';
import { missingIn, sortKinds, whyUnsuitable } from '../../src/servers/suitability.js';

const all = WORKER_CLASSES.map(factsOf);
const needs = { versions: { gunicorn: 26 }, websockets: false, proxy: true, preload: false };

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
    expect(missingIn(factsOf(name), gunicorn)).toBe(reason);
    expect(whyUnsuitable(factsOf(name), { ...needs, versions: { gunicorn } })).toBe(reason);
  });

  test('that speak WebSockets are gevent, asgi and uvicorn', () => {
    const { suitable, unsuitable } = sortKinds(all, {
      ...needs,
      versions: { gunicorn: 25 },
      websockets: true,
    });
    expect(suitable.map(({ name }) => name)).toEqual(['gevent', 'asgi', 'uvicorn']);
    expect(unsuitable.map(({ kind }) => kind.name)).toEqual(['sync', 'gthread', 'eventlet', 'tornado']);
    for (const { reason } of unsuitable) expect(reason).toContain('WebSockets');
  });

  test('but sync can do without a buffering proxy', () => {
    const { suitable, unsuitable } = sortKinds(all, { ...needs, proxy: false });
    expect(suitable).not.toContain(factsOf('sync'));
    expect(unsuitable.find(({ kind }) => kind.name === 'sync')!.reason).toContain('slow client');
  });
});
