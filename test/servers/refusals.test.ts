import { describe, expect, test } from 'vitest';
import { plan } from '../../src/index.js';
import type { Law } from '../../src/math/laws/law.js';
import { erlangB } from '../../src/math/queues/index.js';
import { predict } from '../../src/model/predict.js';
import { serverNamed } from '../../src/servers/index.js';
import { simulate } from '../../src/simulation/index.js';
import { LAWS, workload } from '../model/questions.js';

const uvicorn = serverNamed('uvicorn');

/** Uvicorn with `--limit-concurrency`, which counts the connection that it refuses. */
function limited(kindName: string, workers: number, limit: number | null, threads = 1, cores = workers) {
  const kind = uvicorn.kinds.find(({ name }) => name === kindName)!;
  const asked = { version: uvicorn.versions.newest, gil: true, backlog: 2048, timeoutMs: 0, loop: null };
  return { ...uvicorn.discipline({ kind, workers, threads, workerConnections: limit }, asked), cores };
}

describe('a limit beyond which a worker answers 503', () => {
  test.each(LAWS)('loses as Erlang says where requests only wait, whatever their law: $kind', (io: Law) => {
    const asked = workload(0, 0, {
      cpu: { kind: 'deterministic', mean: 0 },
      io,
      ioCalls: 1,
      ratePerSecond: 200,
    });
    for (const kind of ['async', 'django']) {
      const facility = limited(kind, 1, 11);
      const lost = erlangB(10, 8);
      expect(predict(facility, asked).rejectProbability).toBeCloseTo(lost, 4);
      const { prediction } = simulate(facility, asked, { requests: 100_000, replications: 10, seed: 3 });
      expect(Math.abs(prediction.rejectProbability! - lost)).toBeLessThan(
        2 * prediction.ci95!.rejectProbability!,
      );
    }
  });

  test.each([
    ['loops', limited('async', 1, 11), 0.7],
    ['loops on fewer cores', limited('async', 4, 11, 1, 2), 0.8],
    ['threads with a queue before them', limited('threads', 4, 13, 8), 0.8],
    ['a thread for each request', limited('django', 2, 11), 0.7],
  ])('is predicted as it is simulated: %s', (_name, facility, load) => {
    const asked = workload(4, 40);
    const ratePerSecond = load * predict(facility, asked).capacityPerSecond;
    const question = { ...asked, ratePerSecond };
    const [found, { prediction }] = [
      predict(facility, question),
      simulate(facility, question, { requests: 100_000, replications: 4, seed: 3 }),
    ];
    expect(Math.abs(found.rejectProbability! - prediction.rejectProbability!)).toBeLessThan(0.015);
    expect(found.meanMs! / prediction.meanMs!).toBeCloseTo(1, 1);
    expect(found.p95Ms! / prediction.p95Ms!).toBeCloseTo(1, 1);
  });

  test('changes nothing where it is never reached', () => {
    const asked = workload(4, 40, { ratePerSecond: 100 });
    const { rejectProbability, ...found } = predict(limited('async', 1, 1000), asked);
    const { rejectProbability: _, ...without } = predict(limited('async', 1, null), asked);
    expect(rejectProbability).toBeLessThan(1e-9);
    expect(found).toEqual({
      ...without,
      utilization: { ...without.utilization!, slots: expect.any(Number) },
    });
  });

  test('is planned for and written where it was asked for, and refused where a server has none', () => {
    const question = { cores: 2, workers: 2, cpuTime: 4, ioTime: 40, rate: 400, workerConnections: 11 };
    const { given } = plan({ ...question, server: 'uvicorn' });
    expect(given!.workerConnections).toBe(11);
    expect(given!.settings.limit_concurrency).toBe(11);
    expect(given!.prediction.rejectProbability!).toBeGreaterThan(0.01);
    expect(
      plan({ ...question, server: 'uvicorn', workerConnections: undefined }).given!.settings,
    ).not.toHaveProperty('limit_concurrency');
    const settingsOf = (server: string) =>
      plan({ ...question, rate: 100, workerConnections: 300, server, app: 'wsgi' }).given!.settings;
    expect(settingsOf('granian').backpressure).toBe(300);
    expect(settingsOf('waitress').connection_limit).toBe(300);
    expect(() => plan({ ...question, server: 'daphne' })).toThrow(
      '--worker-connections: Daphne has no such limit; leave it out, or give --server gunicorn, uvicorn, granian or waitress',
    );
  });
});
