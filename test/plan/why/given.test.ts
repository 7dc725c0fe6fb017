import { describe, expect, test } from 'vitest';
import type { Values } from '../../../src/input/options.js';
import { explainGiven } from '../../../src/plan/why/choice.js';
import { slo } from '../../support/slo.js';
import { candidateOf, planningOf } from '../made-up.js';

const ASKED: Values = { cores: 4, mem: 1000, perWorker: 100, cpuTime: 10, ioTime: 90 };

describe('a given configuration is told', () => {
  const told = (values: Values, name = 'gthread', workers = 2, threads = 3) => {
    const planning = planningOf({ ...ASKED, ...values });
    return explainGiven(planning, planning.evaluate(candidateOf(name, workers, threads)));
  };
  const bare = '2 workers × 3 threads as given: its request slots allow 100 req/s at most.';

  test('what limits it, and no more where nothing was asked', () => {
    expect(told({})).toEqual(['slots', bare]);
    expect(told({ rate: 50 })).toEqual(['slots', bare]);
    expect(told({}, 'gthread', 2, 40)[1]).toContain('the interpreter locks of its processes allow 100 req/s');
    expect(told({}, 'gthread', 4, 40)[1]).toContain('the cores allow 100 req/s at most.');
    expect(told({ mem: 199 })).toEqual([
      'memory',
      '2 workers × 3 threads as given need 200 MiB, more than the 199 MiB there are.',
    ]);
  });

  test('whether it meets what was asked, of times or of the capacity', () => {
    expect(told({ rate: 50, slo: slo('p95<100ms') })[1]).toBe(
      '2 workers × 3 threads as given meets p95<100ms (p95 90 ms); its request slots allow 100 req/s at most.',
    );
    expect(told({ rate: 50, slo: slo('p95<90ms') })[1]).toContain(
      'as given misses p95<90ms: it would give p95 90 ms; its request slots',
    );
    expect(told({ rate: 50, slo: [], maxUtilization: 0.5 })[1]).toContain(
      'as given meets utilisation ≤ 50% (utilisation 50%); ',
    );
    expect(told({ slo: slo('p95<100ms') })[1]).toBe(bare);
  });
});
