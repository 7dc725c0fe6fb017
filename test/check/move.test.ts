import { describe, expect, test } from 'vitest';
import { questionOf } from '../../src/check/ask.js';
import { readNamed } from '../../src/check/inspect.js';
import { type Move, moveTo } from '../../src/check/move.js';
import type { Values } from '../../src/input/options.js';
import { serverNamed } from '../../src/servers/index.js';
import { madeUpHost } from '../made-up-host.js';

/** What becomes of a command's server where another one runs its application. */
async function moved(command: string, to: string, values: Values = {}): Promise<Move> {
  const { host } = madeUpHost([], { files: { Procfile: `web: ${command}\n` } });
  const { project } = await readNamed(['Procfile'], values, host);
  return moveTo(project.deployments[0]!, serverNamed(to), questionOf(values, {}));
}

const REQUEST: Values = { cores: 2, cpuTime: 10, ioTime: 50, rate: 20, perWorker: 100, shared: 40 };
const wsgi = 'gunicorn -w 4 --threads 2 shop.wsgi:app';
const asgi = 'uvicorn --workers 4 shop.asgi:app';

describe('a server that is moved', () => {
  test('takes its application along by its name, unless that must be another', async () => {
    expect((await moved(wsgi, 'waitress')).command.application).toEqual(['shop.wsgi:app']);
    expect((await moved(asgi, 'hypercorn')).command.application).toEqual(['shop.asgi:app']);
    expect((await moved(wsgi, 'uvicorn')).command.application).toEqual(['app:app']);
  });

  test('from WSGI to ASGI runs its code in forty threads of a process, unless that is said otherwise', async () => {
    const { why, after } = await moved(wsgi, 'uvicorn', REQUEST);
    expect(why.join(' ')).toMatch(
      /Uvicorn runs ASGI applications: the application must offer one.* run in 40 threads per process/,
    );
    expect(after.threads).toBe(40);
    const told = { ...REQUEST, handlers: { kind: 'async', threads: 1 } } as Values;
    expect((await moved(wsgi, 'uvicorn', told)).after.threads).toBe(1);
    expect((await moved(wsgi, 'waitress', REQUEST)).why.join(' ')).not.toContain('ASGI applications');
    expect((await moved(asgi, 'uvicorn', REQUEST)).why.join(' ')).not.toContain('runs ASGI applications');
  });

  test('shares no memory where its workers are started afresh, and may where they are forked', async () => {
    const fresh = await moved(wsgi, 'uvicorn', REQUEST);
    expect([fresh.before.memoryMiB, fresh.after.memoryMiB]).toEqual([40 + 4 * 100, 4 * 140]);
    expect(fresh.why.join(' ')).toContain(
      'Gunicorn forks its workers, which share what was loaded before; Uvicorn starts them afresh',
    );
    const forked = await moved(asgi, 'gunicorn', REQUEST);
    expect(forked.why.join(' ')).toContain('Gunicorn forks its workers: with preload they share');
    const alike = await moved(asgi, 'hypercorn', REQUEST);
    expect(alike.why.join(' ')).not.toMatch(/forks|afresh, so/);
  });

  test('that has one process is told how many it replaces', async () => {
    const { why, before, after } = await moved(wsgi, 'waitress', REQUEST);
    expect([before.workers, after.workers]).toEqual([4, 1]);
    expect(why).toContain('Waitress runs 1 of the 4 processes.');
    expect((await moved(wsgi, 'uwsgi', REQUEST)).why.join(' ')).not.toContain('of the 4 processes');
  });

  test('is compared where enough is known, and told what else must be given', async () => {
    const last = async (values: Values, command = wsgi) => (await moved(command, 'uwsgi', values)).why.at(-1);
    const { cores: _, ...withoutCores } = REQUEST;
    expect(await last({})).toBe(
      'Capacity and p95 are not compared: give --cores and --service-time (and --rate for p95).',
    );
    expect(await last(withoutCores)).toBe('Capacity and p95 are not compared: give --cores.');
    expect(await last({ cores: 2 })).toMatch(/: give --service-time \(and --rate for p95\)\.$/);
    expect(await last(REQUEST, 'gunicorn -w $MANY a:b')).toBe(
      'Capacity and p95 are not compared, because the number of workers is not known.',
    );
    const { before, after } = await moved(wsgi, 'uwsgi', REQUEST);
    for (const { capacityPerSecond, p95Ms } of [before, after]) {
      expect(capacityPerSecond).toBeGreaterThan(20);
      expect(p95Ms).toBeGreaterThan(60);
    }
    expect(await last(REQUEST)).not.toContain('not compared');
  });
});
