import { expect, test } from 'vitest';
import { run } from '../../src/main.js';
import { madeUpHost } from '../made-up-host.js';

/** The rules that a gunicorn.conf.py breaks on a machine. */
async function broken(conf: string, argv: string): Promise<readonly string[]> {
  const files = { 'gunicorn.conf.py': conf };
  const { host, out, err } = madeUpHost(['check', 'gunicorn.conf.py', '--json', ...argv.split(' ')], {
    files,
  });
  expect([0, 1], err()).toContain(await run(host));
  return (JSON.parse(out()).findings as { readonly rule: string }[]).map(({ rule }) => rule);
}

/** What lies on the boundary of a rule, and what lies just across. */
const BOUNDARIES: readonly (readonly [string, string, string, string, boolean])[] = [
  ['memory-headroom', 'exactly 90 % full', 'workers = 10', '--mem 1000 --per-worker 90', false],
  ['memory-headroom', 'a MiB more', 'workers = 10', '--mem 1000 --per-worker 90 --master 1', true],
  ['memory-headroom', 'exactly full', 'workers = 10', '--mem 1000 --per-worker 100', true],
  ['memory-overcommit', 'exactly full', 'workers = 10', '--mem 1000 --per-worker 100', false],
  ['memory-overcommit', 'a MiB more', 'workers = 10', '--mem 1000 --per-worker 100 --master 1', true],
  ['memory-headroom', 'more than full', 'workers = 10', '--mem 1000 --per-worker 100 --master 1', false],
  ['timeout-too-short', 'a request as long as the timeout', 'timeout = 30', '--slowest 30s', true],
  ['timeout-too-short', 'a request just shorter', 'timeout = 30', '--slowest 29.999s', false],
  [
    'too-few-slots',
    'a load of as many as there are slots',
    'workers = 4',
    '--rate 4 --service-time 1s',
    true,
  ],
  ['too-few-slots', 'a load just below', 'workers = 4', '--rate 3.99 --service-time 1s', false],
  ['max-requests-without-jitter', 'one worker', 'workers = 1\nmax_requests = 100', '', false],
  ['max-requests-without-jitter', 'two workers', 'workers = 2\nmax_requests = 100', '', true],
  [
    'jitter-too-narrow',
    'one worker',
    'workers = 1\nmax_requests = 1000\nmax_requests_jitter = 1',
    '--rate 1 --service-time 10ms',
    false,
  ],
  [
    'jitter-too-narrow',
    'two workers, in less time than both take to start',
    'workers = 2\nmax_requests = 1000\nmax_requests_jitter = 9',
    '--rate 2 --service-time 10ms',
    true,
  ],
  [
    'jitter-too-narrow',
    'two workers, in just the time that both take to start',
    'workers = 2\nmax_requests = 1000\nmax_requests_jitter = 10',
    '--rate 2 --service-time 10ms',
    false,
  ],
];

test.each(BOUNDARIES)('%s: %s', async (rule, _, conf, argv, fires) => {
  const found = await broken(`bind = ":80"\n${conf}\n`, `--cores 8 ${argv}`.trim());
  expect(found.includes(rule)).toBe(fires);
});
