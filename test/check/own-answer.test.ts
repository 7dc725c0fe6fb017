import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { CheckResult } from '../../src/check/result.js';
import { run } from '../../src/main.js';
import { madeUpHost } from '../made-up-host.js';

/** A question that somebody may ask, its load at most 85 % of the cores. */
const question = fc
  .record({
    cores: fc.constantFrom(0.5, 1, 2, 4, 8),
    perWorker: fc.constantFrom(60, 120, 250, 500),
    workersThatFit: fc.double({ min: 1.2, max: 20, noNaN: true }),
    cpuMs: fc.constantFrom(2, 8, 20, 60),
    ioMs: fc.constantFrom(0, 10, 60, 300),
    load: fc.double({ min: 0.05, max: 0.85, noNaN: true }),
    allowed: fc.option(fc.double({ min: 3, max: 8, noNaN: true })),
  })
  .map(({ cores, perWorker, workersThatFit, cpuMs, ioMs, load, allowed }) => [
    `--cores=${cores}`,
    `--mem=${Math.ceil(workersThatFit * perWorker)}`,
    `--per-worker=${perWorker}`,
    `--cpu-time=${cpuMs}`,
    ...(ioMs > 0 ? [`--io-time=${ioMs}`] : ['--io-ratio=0']),
    `--rate=${((1000 * cores * load) / cpuMs).toPrecision(4)}`,
    ...(allowed === null ? [] : [`--slo=p95<${Math.ceil(allowed * (cpuMs + ioMs))}ms`]),
  ]);

/** What says nothing of a choice: how little memory there is stands in the plan's own reason too. */
const NOT_A_CHOICE = ['memory-headroom'];

/** The share of the capacity that a recommendation keeps where it can. */
const CEILING = 0.8;

async function askedOf(argv: readonly string[], files = {}) {
  const { host, out } = madeUpHost(argv, { files });
  return { code: await run(host), out: out() };
}

test('check finds nothing in what plan recommends, where plan says that it fits', async () => {
  await fc.assert(
    fc.asyncProperty(question, async (argv) => {
      const plan = await askedOf([...argv, '--format', 'gunicorn']);
      if (plan.code !== 0) return;
      const check = await askedOf(['check', 'gunicorn.conf.py', ...argv, '--json'], {
        'gunicorn.conf.py': plan.out,
      });
      const { servers, findings } = JSON.parse(check.out) as CheckResult;
      const { ratePerReplica, prediction } = servers[0]!;
      // Where more load had to be accepted, plan says so and what it would take.
      if (ratePerReplica! > CEILING * prediction!.capacityPerSecond) return;
      expect(findings.filter(({ rule }) => !NOT_A_CHOICE.includes(rule))).toEqual([]);
    }),
    { seed: 12, numRuns: 120, interruptAfterTimeLimit: 240_000 },
  );
}, 300_000);
