import { describe, expect, test } from 'vitest';
import type { Law } from '../../src/math/laws/law.js';
import { mg1, mgc, mmc } from '../../src/math/queues/index.js';
import type { Facility } from '../../src/model/discipline.js';
import { predict } from '../../src/model/predict.js';
import type { Workload } from '../../src/model/types.js';
import { serverNamed } from '../../src/servers/index.js';
import { simulate } from '../../src/simulation/index.js';
import { LAWS, workload } from '../model/questions.js';

/** A server as it takes requests, by its own discipline. */
function facility(
  name: string,
  kindName: string,
  workers: number,
  threads: number,
  { gil = true, cores = workers } = {},
): Facility {
  const server = serverNamed(name);
  const kind = server.kinds.find((one) => one.name === kindName)!;
  const asked = { version: server.versions.newest, gil, backlog: 100_000, timeoutMs: 0, loop: null };
  return { ...server.discipline({ kind, workers, threads, workerConnections: null }, asked), cores };
}

/** Requests that only wait, or only compute: the law is that of the whole service. */
const waiting = (io: Law, ratePerSecond: number): Workload =>
  workload(0, 0, { cpu: { kind: 'deterministic', mean: 0 }, io, ioCalls: 1, ratePerSecond });
const computing = (cpu: Law, ratePerSecond: number): Workload => workload(0, 0, { cpu, ratePerSecond });

const off = (value: number | null | undefined, wanted: number): number => Math.abs((value ?? 0) / wanted - 1);

describe('a loop with one thread behind it is M/G/1, whatever of the service is waiting', () => {
  for (const law of LAWS)
    for (const of of [waiting, computing])
      test(`${law.kind}, ${of.name}`, () => {
        const exact = mg1({ arrivalRate: 0.7 / 40, service: law });
        const p = predict(facility('uvicorn', 'threads', 1, 1), of(law, 17.5));
        expect(off(p.meanMs, exact.sojourn!.mean!)).toBeLessThan(1e-4);
        expect(off(p.waitProbability, 0.7)).toBeLessThan(1e-4);
        expect(off(p.p95Ms, exact.sojourn!.percentile(0.95))).toBeLessThan(0.02);
      });
});

const SLOTS = [
  ['uWSGI', facility('uwsgi', 'uwsgi', 3, 4), 12],
  ['mod_wsgi', facility('mod_wsgi', 'mod_wsgi', 2, 5), 10],
  ['Waitress', facility('waitress', 'waitress', 1, 6), 6],
  ['a loop before a pool of threads', facility('uvicorn', 'threads', 1, 8), 8],
] as const;

describe.each(SLOTS)('%s is M/M/c where requests only wait', (_name, given, servers) => {
  test.each([0.5, 0.8, 0.95])('at load %d', (load) => {
    const arrivalRate = (load * servers) / 40;
    const exact = mmc({ arrivalRate, serviceTime: 40, servers });
    const p = predict(given, waiting({ kind: 'exponential', mean: 40 }, 1000 * arrivalRate));
    expect(off(p.capacityPerSecond, (1000 * servers) / 40)).toBeLessThan(1e-4);
    expect(off(p.waitProbability, exact.waitProbability!)).toBeLessThan(0.002);
    expect(off(p.meanMs, exact.sojourn!.mean!)).toBeLessThan(0.002);
    expect(exact.sojourn!.distribution(p.p95Ms!)).toBeCloseTo(0.95, 2);
  });

  test('and so it is simulated', () => {
    const arrivalRate = (0.8 * servers) / 40;
    const exact = mmc({ arrivalRate, serviceTime: 40, servers });
    const asked = waiting({ kind: 'exponential', mean: 40 }, 1000 * arrivalRate);
    const { prediction } = simulate(given, asked, { requests: 200_000, replications: 10, seed: 5 });
    const within = (value: number, truth: number, halfWidth: number): void =>
      expect(Math.abs(value - truth)).toBeLessThan(2 * halfWidth);
    within(prediction.meanMs!, exact.sojourn!.mean!, prediction.ci95!.meanMs!);
    within(prediction.waitProbability!, exact.waitProbability!, prediction.ci95!.waitProbability!);
  });
});

describe('uWSGI without a lock and with a core for each thread is M/G/c', () => {
  const given = facility('uwsgi', 'uwsgi', 3, 4, { gil: false, cores: 12 });
  for (const law of LAWS)
    for (const of of [waiting, computing])
      test(`${law.kind}, ${of.name}`, () => {
        const arrivalRate = (0.8 * 12) / 40;
        const model = mgc({ arrivalRate, service: law, servers: 12 });
        const p = predict(given, of(law, 1000 * arrivalRate));
        expect(off(p.meanMs, model.sojourn!.mean!)).toBeLessThan(0.02);
        // The probability of waiting is taken to be that of exponential services, which M/G/c refines.
        expect(off(p.waitProbability, model.waitProbability!)).toBeLessThan(0.1);
      });
});

describe('a thread for each request, with a core for each, never waits', () => {
  test('M/G/∞', () => {
    const given = facility('uvicorn', 'django', 2, 1, { gil: false, cores: 400 });
    const p = predict(given, workload(10, 30, { ratePerSecond: 500 }));
    expect(off(p.meanMs, 40)).toBeLessThan(1e-3);
    expect(p.waitProbability!).toBeLessThan(1e-6);
  });

  test('and with a lock it shares it: M/G/1 with processor sharing where it only computes', () => {
    const given = facility('uvicorn', 'django', 1, 1);
    const p = predict(given, workload(400, 0, { ratePerSecond: 2 }));
    expect(off(p.meanMs, 400 / (1 - 0.8))).toBeLessThan(0.01);
  });
});
