import { describe, expect, test } from 'vitest';
import { queueingOf, slotsOf } from '../../../src/model/discipline.js';
import { facilityOf, type System } from '../../../src/servers/gunicorn/discipline.js';

const facility = (given: Partial<System>) =>
  facilityOf({
    workerClass: 'sync',
    gunicorn: 26,
    workers: 3,
    threads: 4,
    workerConnections: 1000,
    backlog: 2048,
    cores: 2,
    gil: true,
    timeoutMs: 30_000,
    ...given,
  });

describe('worker classes as FACTS.md has them from gunicorn/workers/*.py', () => {
  test('sync takes one request when free, and is the only one that a timeout kills', () => {
    expect(facility({})).toMatchObject({ processes: 3, slots: 1, connections: 1, accepts: 'when-free' });
    expect(facility({}).killAfterMs).toBe(30_000);
    expect(facility({ timeoutMs: 0 }).killAfterMs).toBe(Number.POSITIVE_INFINITY);
    for (const workerClass of ['gthread', 'gevent', 'tornado', 'asgi'] as const)
      expect(facility({ workerClass }).killAfterMs).toBe(Number.POSITIVE_INFINITY);
  });

  test('gthread accepts eagerly, unless it takes no more connections than it has threads', () => {
    const own = facility({ workerClass: 'gthread' });
    expect(own).toMatchObject({ slots: 4, connections: 1000, accepts: 'eagerly', computes: 'under-lock' });
    expect(queueingOf(own)).toBe('split');
    expect(queueingOf(facility({ workerClass: 'gthread', workers: 1 }))).toBe('shared');
    const shared = facility({ workerClass: 'gthread', workerConnections: 4 });
    expect(shared.accepts).toBe('when-free');
    expect(queueingOf(shared)).toBe('shared');
    expect(facility({ workerClass: 'gthread', gil: false }).computes).toBe('in-parallel');
  });

  test('loops take connections between their turns: gevent one of several workers, others all', () => {
    for (const workerClass of ['gevent', 'eventlet', 'asgi', 'uvicorn'] as const)
      expect(queueingOf(facility({ workerClass }))).toBe('loops');
    expect(facility({ workerClass: 'gevent' }).acceptsAtOnce).toBe(1);
    expect(facility({ workerClass: 'gevent', workers: 1 }).acceptsAtOnce).toBe(100);
    expect(facility({ workerClass: 'asgi' }).acceptsAtOnce).toBe(Number.POSITIVE_INFINITY);
    expect(slotsOf(facility({ workerClass: 'gevent' }))).toBe(1000);
    expect(slotsOf(facility({ workerClass: 'asgi' }))).toBe(Number.POSITIVE_INFINITY);
  });

  test('asgi listens with 100 whatever backlog says, the others with what it says', () => {
    expect(facility({ workerClass: 'asgi', backlog: 4096 }).backlog).toBe(100);
    for (const workerClass of ['sync', 'gthread', 'gevent', 'tornado', 'uvicorn'] as const)
      expect(facility({ workerClass, backlog: 4096 }).backlog).toBe(4096);
  });

  test('a tornado process serves one request at a time, from a batch', () => {
    const tornado = facility({ workerClass: 'tornado' });
    expect(tornado).toMatchObject({ slots: 1, connections: Number.POSITIVE_INFINITY, acceptsAtOnce: 128 });
    expect(queueingOf(tornado)).toBe('batches');
  });
});
