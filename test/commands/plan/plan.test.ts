import { describe, expect, test } from 'vitest';
import { run } from '../../../src/main.js';
import { type Circumstances, madeUpHost } from '../../made-up-host.js';

const wcalc = async (line: string, circumstances?: Circumstances) => {
  const made = madeUpHost(line.split(' ').filter(Boolean), circumstances);
  const code = await run(made.host);
  return { code, out: made.out(), err: made.err() };
};

const BASIC = '--cores 4 --mem 1024 --per-worker 256';

describe('wcalc plan', () => {
  test('answers the basic command with 4 workers, bound by memory, and warns on stderr', async () => {
    const { code, out, err } = await wcalc(BASIC);
    expect(code).toBe(0);
    expect(out).toContain('4 sync workers');
    expect(err).toMatch(/^wcalc: warning: 4 workers fill all of the 1024 MiB.*\(memory-full\)\n$/);
  });

  test('warns before what was assumed, which stands last, where both are read on one screen', async () => {
    const { host } = madeUpHost(BASIC.split(' '));
    const screen: string[] = [];
    const show = (stream: string) => (text: string) => void screen.push(`${stream}: ${text}`);
    await run({
      ...host,
      stdout: { ...host.stdout, write: show('out') },
      stderr: { ...host.stderr, write: show('err') },
    });
    expect(screen).toHaveLength(3);
    expect(screen[0]).toMatch(/^out: 4 sync workers[\s\S]*[^\n]\n$/);
    expect(screen[1]).toMatch(/^err: wcalc: warning: /);
    expect(screen[2]).toMatch(/^out: \nAssumed, because not given\n/);
  });

  test('with --explain ranks what to measure next, those that change the answer first', async () => {
    const asked = '--cores 2 --mem 2GiB --rate 20';
    const { measureNext } = JSON.parse((await wcalc(`${asked} --explain --json`)).out);
    expect(measureNext.map(({ flag }: { flag: string }) => flag)).toContain('--service-time');
    const changes = measureNext.map((one: { changes: boolean }) => one.changes);
    expect(changes).toEqual(changes.toSorted((a: boolean, b: boolean) => Number(b) - Number(a)));
    for (const { low, high, command } of measureNext) {
      expect(low).toBeLessThan(high);
      expect(command).toMatch(/^wcalc (fit|detect)/);
    }
    expect((await wcalc(`${asked} --explain`)).out).toMatch(/What to measure next\n {2}--/);
    expect(JSON.parse((await wcalc(`${asked} --json`)).out).measureNext).toBeUndefined();
    const known = '--per-worker 100 --cpu-time 10 --io-time 40 --cpu-cv 1 --io-cv 1';
    expect(JSON.parse((await wcalc(`${asked} ${known} --explain --json`)).out).measureNext).toEqual([]);
  });

  test('says that there are no settings to print where nothing fits, even with --quiet', async () => {
    const { code, out, err } = await wcalc('--cores 1 --mem 100 --per-worker 256 --quiet --format env');
    expect(code).toBe(1);
    expect(out.trim()).toBe('');
    expect(err).toBe(
      'wcalc: no configuration fits, because not even one worker fits into 100 MiB: at least 256 MiB are needed; there are no settings to print\n',
    );
  });

  test('prints the settings of the given configuration where memory is not said', async () => {
    const { out } = await wcalc('--cores 2 --worker-class sync --workers 3 --threads 1 --format args');
    expect(out).toContain('--workers 3');
  });

  test('says of a Gunicorn that it does not know what it takes it for', async () => {
    expect((await wcalc(`${BASIC} --gunicorn 99`)).err).toMatch(
      /wcalc knows Gunicorn 20 to 26: 99 .*unknown-gunicorn/,
    );
    expect((await wcalc(`${BASIC} --gunicorn 20`)).err).not.toContain('unknown-gunicorn');
  });

  test('says nothing but the result with --quiet, and keeps warnings inside JSON', async () => {
    expect((await wcalc(`${BASIC} --quiet`)).err).toBe('');
    const { out, err } = await wcalc(`${BASIC} --json`);
    expect(err).toBe('');
    const result = JSON.parse(out);
    expect(result.recommendation.workers).toBe(4);
    expect(result.warnings[0].code).toBe('memory-full');
    expect(result.origins).toEqual({ cores: '--cores', mem: '--mem', perWorker: '--per-worker' });
  });

  test('without anything says what is missing and how to give it', async () => {
    const { code, out, err } = await wcalc('');
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(err).toMatch(/^wcalc: --cores and --mem are missing.*detect/);
  });

  test('ends with 1 where nothing fits, nothing meets the objective, or nothing keeps up', async () => {
    expect((await wcalc('--cores 4 --mem 100 --per-worker 256 --json')).code).toBe(1);
    expect((await wcalc(`${BASIC} --rate 10 --slo p95<1ms --json`)).code).toBe(1);
    expect((await wcalc(`${BASIC} --rate 9000 --json`)).code).toBe(1);
    expect((await wcalc(`${BASIC} --rate 10 --slo p95<2s --json`)).code).toBe(0);
  });

  test('ends with 0 where only a fixed configuration is asked about', async () => {
    const { code, out } = await wcalc('--cores 4 --workers 2 --json');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ recommendation: null, given: { workers: 2 } });
  });

  test('ends with 1 where that misses its objective', async () => {
    const asked = '--cores 4 --workers 2 --rate 5 --slo p95<';
    expect((await wcalc(`${asked}1ms --json`)).code).toBe(1);
    expect((await wcalc(`${asked}5s --json`)).code).toBe(0);
    expect((await wcalc('--cores 4 --workers 2 --rate 500 --json')).code).toBe(1);
  });

  test('ends with 1 where nothing fits beside a given configuration', async () => {
    expect((await wcalc('--cores 4 --workers 2 --mem 100 --per-worker 256 --json')).code).toBe(1);
  });

  test('evaluates formulas', async () => {
    const { code, out } = await wcalc(
      `${BASIC} --json --formula house=min(2*cores+1,floor(memory/perWorker))`,
    );
    expect(code).toBe(0);
    expect(JSON.parse(out).strategies.at(-1)).toMatchObject({ id: 'formula:house', workers: 4 });
    const wrong = await wcalc(`${BASIC} --formula house=cores/3`);
    expect(wrong).toMatchObject({ code: 2, out: '' });
    expect(wrong.err).toMatch(/^wcalc: --formula house: gives 1\.33/);
  });

  test('answers lines in order and goes on after a bad one', async () => {
    const stdin = [
      '{"cores":4,"mem":"1GiB","perWorker":256}\n',
      '{"cores":4}\n{"cores":1,"workerClass":"gthread","workers":2,"threads":4,"rate":30,"cpuTime":5.9,"ioTime":"45ms"}\n',
    ];
    const { code, out } = await wcalc('plan --batch -', { stdin });
    expect(code).toBe(2);
    const [first, second, third] = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(first.recommendation.workers).toBe(4);
    expect(second.error).toMatch(/^line 2: --mem is missing/);
    expect(third.given.prediction.meanMs).toBeGreaterThan(50);
  });
});
