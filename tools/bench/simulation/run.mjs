// Speed of the simulator, statistics on, one thread, beside plain C programs of the same loops, and of its histogram
// beside a quantile sketch. Prints requests per second and ratios.
// Rates are per second of CPU time, so that a busy machine distorts them less; each comparison has a process of its own.
// usage: node tools/bench/simulation/run.mjs   (needs gcc)
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { DDSketch } from '@datadog/sketches-js';
import { build } from 'esbuild';

const here = dirname(fileURLToPath(import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'wcalc-bench-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
await build({
  entryPoints: [join(here, 'entry.ts')],
  bundle: true,
  platform: 'node',
  format: 'esm',
  outfile: join(folder, 'simulation.mjs'),
});
const { Histogram, POISSON, evenly, facilityOf, replicate } = await import(
  pathToFileURL(join(folder, 'simulation.mjs'))
);
for (const name of ['fcfs', 'layered'])
  execFileSync('gcc', ['-O2', '-o', join(folder, name), join(here, `${name}.c`), '-lm']);

const ROUNDS = 5;
const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];
const millions = (rate) => `${(rate / 1e6).toFixed(2)} M/s`;

const exponential = (mean) => ({ kind: 'exponential', mean });
const server = { gunicorn: 26, workerConnections: 1000, backlog: 2048, gil: true, timeoutMs: 0 };

function simulated(experiment, requests, round) {
  const from = process.cpuUsage();
  const tally = replicate(experiment, round, { warmup: 0, requests });
  const { user, system } = process.cpuUsage(from);
  return { rate: (1e6 * requests) / (user + system), mean: tally.sumMs / tally.served };
}

function inC(name, ...args) {
  const [rate, mean] = execFileSync(join(folder, name), args.map(String), { encoding: 'utf8' })
    .split(' ')
    .map(Number);
  return { rate, mean };
}

/** Runs both by turns, so that a busy machine hinders both alike. */
function compare(label, experiment, requests, program, limit) {
  const [own, c] = [[], []];
  for (let round = 0; round < ROUNDS; round += 1) {
    own.push(simulated(experiment, requests, round));
    c.push(program());
  }
  const [ownRate, cRate] = [median(own.map((r) => r.rate)), median(c.map((r) => r.rate))];
  const means = `mean ${median(own.map((r) => r.mean)).toFixed(2)} and ${median(c.map((r) => r.mean)).toFixed(2)} ms`;
  console.log(
    `${label.padEnd(44)} ${millions(ownRate).padStart(10)}   C ${millions(cRate).padStart(10)}   ratio ${(ownRate / cRate).toFixed(2)}   ${means}${ownRate < limit ? `   BELOW ${millions(limit)}` : ''}`,
  );
}

const comparisons = [
  ...[1, 4, 16, 64].map(
    (servers) => () =>
      compare(
        `M/M/${servers}, load 0.9, by recursion`,
        {
          facility: facilityOf({
            ...server,
            workerClass: 'sync',
            workers: servers,
            threads: 1,
            cores: servers,
          }),
          workload: {
            cpu: exponential(10),
            io: { kind: 'deterministic', mean: 0 },
            ioCalls: 0,
            overheadMs: 0,
          },
          ratePerSecond: 90 * servers,
          arrivals: POISSON,
          physics: { holdMs: 0 },
          seed: 1,
        },
        3_000_000,
        () => inC('fcfs', servers, 3_000_000),
        servers <= 16 ? 8e6 : 0,
      ),
  ),
  ...[
    [4, 8, 240, 0.7e6],
    [16, 32, 960, 0],
  ].map(
    ([processes, threads, rate, limit]) =>
      () =>
        compare(
          `${processes} processes × ${threads} threads on ${processes} cores`,
          {
            // The C program shares the arrivals at random.
            facility: evenly(
              facilityOf({
                ...server,
                workerClass: 'gthread',
                workers: processes,
                threads,
                cores: processes,
              }),
            ),
            workload: { cpu: exponential(10), io: exponential(40), ioCalls: 1, overheadMs: 0 },
            ratePerSecond: rate,
            arrivals: POISSON,
            physics: {},
            seed: 1,
          },
          1_000_000,
          () => inC('layered', processes, threads, rate, 1_000_000),
          limit,
        ),
  ),
  compareHistograms,
];

function compareHistograms() {
  const values = Float64Array.from({ length: 1 << 16 }, () => -20 * Math.log(1 - Math.random()));
  const sorted = [...values].sort((a, b) => a - b);
  const exact = sorted[Math.ceil(0.99 * sorted.length) - 1];
  const counting = (label, make, add, p99) => {
    const rates = [];
    let error = 0;
    for (let round = 0; round < ROUNDS; round += 1) {
      const sketch = make();
      const from = process.cpuUsage().user;
      for (let turn = 0; turn < 32; turn += 1) for (const value of values) add(sketch, value);
      rates.push((1e6 * 32 * values.length) / (process.cpuUsage().user - from));
      error = p99(sketch) / exact - 1;
    }
    console.log(
      `${label.padEnd(44)} ${millions(median(rates)).padStart(10)}   p99 off by ${(100 * error).toFixed(3)} %`,
    );
  };
  counting(
    'histogram of src/simulation',
    () => new Histogram(),
    (h, x) => h.add(x),
    (h) => h.percentile(0.99),
  );
  counting(
    'DDSketch of @datadog/sketches-js, 0.1 %',
    () => new DDSketch({ relativeAccuracy: 0.001 }),
    (s, x) => s.accept(x),
    (s) => s.getValueAtQuantile(0.99),
  );
}

const asked = process.argv[2];
if (asked !== undefined) comparisons[Number(asked)]();
else
  for (const n of comparisons.keys())
    execFileSync(process.execPath, [fileURLToPath(import.meta.url), String(n)], { stdio: 'inherit' });
