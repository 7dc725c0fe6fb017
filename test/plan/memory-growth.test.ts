import { describe, expect, test } from 'vitest';
import { memoryGrowth } from '../../src/input/quantity/growth.js';
import { run } from '../../src/main.js';
import { requestsUntilFull } from '../../src/plan/growth.js';
import { madeUpHost } from '../made-up-host.js';

async function planned(...more: readonly string[]) {
  const made = madeUpHost(['--cores', '4', '--mem', '2GiB', '--per-worker', '200', '--json', ...more]);
  expect(await run(made.host), made.err()).toBe(0);
  return JSON.parse(made.out());
}

const codes = ({ warnings }: { warnings: readonly { code: string }[] }) => warnings.map(({ code }) => code);

describe('how memory grows', () => {
  test.each([
    ['2MiB/1000req', { per: 'request', memoryMiB: 0.002 }],
    ['2/1000req', { per: 'request', memoryMiB: 0.002 }],
    ['1KiB/req', { per: 'request', memoryMiB: 1 / 1024 }],
    ['5MiB/h', { per: 'hour', memoryMiB: 5 }],
  ] as const)('%s is read, and written so that it is read alike', (text, growth) => {
    expect(memoryGrowth.parse(text)).toEqual(growth);
    expect(memoryGrowth.parse(memoryGrowth.format(growth))).toEqual(growth);
  });

  test.each([
    ['2MiB', 'does not say per what'],
    ['2MiB/0req', 'is per no request'],
    ['2MiB/min', 'does not say per what'],
    ['x/h', 'is not a number'],
    ['0/h', 'greater than 0'],
  ])('%s is refused', (text, sentence) => {
    expect(() => memoryGrowth.parse(text)).toThrow(sentence);
  });
});

describe('a worker is restarted before the memory is full', () => {
  test('after as many requests as what is free holds, jitter included', async () => {
    const { recommendation, inputs } = await planned('--memory-growth', '20MiB/1000req');
    const { workers, memoryMiB, settings } = recommendation;
    const most = (2048 - memoryMiB) / workers / 0.02;
    expect(settings.max_requests + settings.max_requests_jitter).toBeLessThanOrEqual(most);
    expect(settings.max_requests).toBeGreaterThan(0.8 * most);
    expect(settings.max_requests % 10).toBe(0);
    expect(inputs.memoryGrowth).toEqual({ per: 'request', memoryMiB: 0.02 });
  });

  test('and no sooner than usual where it hardly grows', async () => {
    const usual = await planned();
    const slow = await planned('--memory-growth', '1KiB/1000req');
    expect(slow.recommendation.settings).toEqual(usual.recommendation.settings);
  });

  test('with time, by the requests that come meanwhile; without a rate that is not known', async () => {
    const { recommendation } = await planned(
      '--memory-growth',
      '400MiB/h',
      '--rate',
      '20',
      '--cpu-time',
      '20',
    );
    const { workers, memoryMiB, settings } = recommendation;
    const hours = (2048 - memoryMiB) / workers / 400;
    expect((1.1 * settings.max_requests * workers) / 20 / 3600).toBeLessThanOrEqual(hours + 1e-9);
    expect(codes(await planned('--memory-growth', '5MiB/h'))).toContain('memory-grows');
    expect(
      requestsUntilFull({ growth: { per: 'hour', memoryMiB: 5 }, memoryMiB: 1000 }, 500, 2, null),
    ).toBeNull();
  });

  test('is warned about where nothing is free, where restarts come too often, and where none is set', async () => {
    const full = await planned('--memory-growth', '2MiB/1000req', '--shared', '1048', '--workers', '5');
    expect(full.warnings.find(({ code }: { code: string }) => code === 'memory-grows').message).toContain(
      '0 MiB are free',
    );
    const often = await planned('--memory-growth', '1MiB/10req', '--rate', '50', '--cpu-time', '20');
    expect(codes(often)).toContain('memory-grows');
    const waitress = await planned('--memory-growth', '1MiB/1000req', '--server', 'waitress');
    expect(codes(waitress)).toContain('memory-grows');
    const calm = await planned('--memory-growth', '1MiB/1000req', '--rate', '50', '--cpu-time', '20');
    expect(codes(calm)).not.toContain('memory-grows');
  });
});
