import { describe, expect, test } from 'vitest';
import { plan } from '../../src/index.js';

const question = {
  cores: 2,
  workers: 2,
  server: 'uvicorn',
  handlers: 'threads',
  cpuTime: 4,
  ioTime: 80,
  dbPool: 10,
} as const;

/** The number of connections that a text names as enough. */
const named = (text: string): number => Number(/pools? of (\d+)/.exec(text)![1]);

describe('a pool that binds', () => {
  test('is named, and the pool that would do is the smallest with which few requests wait', () => {
    const { given, warnings } = plan({ ...question, rate: 200 });
    expect(given!.boundBy).toBe('connections');
    expect(given!.prediction.utilization!.connections).toBeCloseTo(0.8, 9);
    const enough = named(given!.why);
    const warning = warnings.find(({ code }) => code === 'connections-scarce')!;
    expect(named(warning.message)).toBe(enough);
    const waits = (dbPool: number) =>
      plan({ ...question, rate: 200, dbPool }).given!.prediction.connectionWait!.probability;
    expect(waits(enough)).toBeLessThanOrEqual(0.05);
    expect(waits(enough - 1)).toBeGreaterThan(0.05);
  });

  test('has a share of the p95: what would go without it', () => {
    const [scarce, ample] = [10, 40].map(
      (dbPool) => plan({ ...question, rate: 200, dbPool }).given!.prediction,
    );
    expect(scarce!.connectionWait!.p95Share).toBeCloseTo(1 - ample!.p95Ms! / scarce!.p95Ms!, 9);
    expect(ample!.connectionWait).toBeUndefined();
  });

  test('is named without a rate by the capacity, and in overload', () => {
    const idle = plan(question).given!;
    expect(idle.boundBy).toBe('connections');
    expect(idle.prediction.capacityPerSecond).toBeCloseTo(250, 6);
    expect(plan({ ...question, dbPool: named(idle.why) }).given!.boundBy).not.toBe('connections');
    const overloaded = plan({ ...question, rate: 300 }).given!;
    expect(overloaded.prediction.stable).toBe(false);
    expect(named(overloaded.why)).toBeGreaterThan(10);
  });

  test('changes nothing once it has a connection for each thread', () => {
    const told = ({ given }: ReturnType<typeof plan>) => JSON.stringify(given);
    const { dbPool: _, ...without } = question;
    expect(told(plan({ ...question, dbPool: 40, rate: 200 }))).toBe(told(plan({ ...without, rate: 200 })));
  });
});
