import { describe, expect, test } from 'vitest';
import { givenQueries } from '../../../../src/observe/prometheus/asking/given-query.js';
import { prometheusServer } from '../../../../src/observe/prometheus/asking/server.js';
import { watchedServer } from '../../../../src/observe/prometheus/asking/watched-server.js';
import { answered, questionOf } from '../fake-server.js';

describe('how much is asked for at once', () => {
  const asking = async (sinceMs: number, stepMs: number) =>
    watchedServer(
      { address: 'a', instant: async () => [], range: async () => [] },
      givenQueries(['requests=sum(r)']),
      { nowMs: 1e12, sinceMs, stepMs },
    );

  test('is a step at least and 200,000 at most', async () => {
    await expect(asking(60_000, 60_000)).resolves.toBeDefined();
    await expect(asking(59_999, 60_000)).rejects.toThrow(
      '--since: holds no step of --step; give a longer time or a shorter step',
    );
    await expect(asking(2e8, 1000)).resolves.toBeDefined();
    await expect(asking(2e8 + 1, 1000)).rejects.toThrow(
      '--since: holds more than 200000 steps of --step; give a shorter time or a longer step',
    );
  });

  /** A server whose answers are those of a function of the question, with the questions it got. */
  const served = (answer: (n: number) => unknown[], clockMs = 0) => {
    const asked: { start: number; end: number; withinMs: number }[] = [];
    let begun = false;
    const host = {
      now: () => {
        const at = begun ? clockMs : 0;
        begun = true;
        return at;
      },
      ask: async ({ url, withinMs }: { url: string; withinMs: number }) => {
        const { start, end } = questionOf(url);
        asked.push({ start, end, withinMs });
        return answered(answer(asked.length - 1));
      },
    };
    return { asked, server: prometheusServer(host as never, 'http://h/prom//', null) };
  };

  test('is ten thousand points of a series, whose parts are put together by name and labels', async () => {
    const part = (job: string, n: number) => ({ metric: { __name__: 'm', job }, values: [[n, String(n)]] });
    const { asked, server } = served((n) => (n === 0 ? [part('a', 1), part('b', 2)] : [part('b', 3)]));
    const found = await server.range('m', 0, 10_000_000, 1000);
    expect(asked.map(({ start, end }) => [start, end])).toEqual([
      [0, 9999],
      [10_000, 10_000],
    ]);
    expect(found.map(({ labels, values }) => [labels.get('job'), values])).toEqual([
      ['a', [1]],
      ['b', [2, 3]],
    ]);
    expect(found.every((one) => !('histograms' in one))).toBe(true);
    // A metric that became a native histogram on the way is read as one from there on.
    const native = {
      metric: { __name__: 'm', job: 'b' },
      histograms: [[3, { count: '1', sum: '2', buckets: [] }]],
    };
    const mixed = served((n) => (n === 0 ? [part('b', 1)] : [native]));
    const [joined] = await mixed.server.range('m', 0, 10_000_000, 1000);
    expect(joined).toMatchObject({ histograms: [{ sum: 2 }] });
    const one = served(() => [part('a', 1)]);
    await one.server.range('m', 0, 9_999_000, 1000);
    expect(one.asked).toHaveLength(1);
  });

  test('is waited for as long as is left of two minutes, half a minute each', async () => {
    const waited = async (clockMs: number) => {
      const { asked, server } = served(() => [], clockMs);
      await server.instant('m', 0);
      return asked[0]!.withinMs;
    };
    expect(await waited(0)).toBe(30_000);
    expect(await waited(100_000)).toBe(20_000);
    await expect(waited(120_000)).rejects.toThrow(
      'http://h/prom: took more than 120 s for all answers; give a shorter --since or a longer --step',
    );
  });
});

test('an address that is none is refused', () => {
  expect(() => prometheusServer({ now: () => 0 } as never, 'http://', null)).toThrow(
    '--prometheus: "http://" is no address; accepted: an address such as http://prometheus:9090, or a file\'s name',
  );
});
