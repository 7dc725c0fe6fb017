// Time of a whole `wcalc fleet` beyond starting up: CPU time of the main thread, which other programs do not stretch as they do
// the time on the clock. Prints each question's share of what it may take.
// usage: npm run build && node tools/bench/fleet.mjs
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROUNDS = 2;
const REQUEST = ['--per-worker', '200', '--service-time', '60ms', '--slo', 'p95<250ms', '--json'];
const TWELVE = [
  ...['0.5:512MiB', '0.5:1GiB', '1:1GiB', '1:2GiB', '2:2GiB', '2:4GiB'],
  ...['3:6GiB', '4:4GiB', '4:8GiB', '6:12GiB', '8:16GiB', '16:32GiB'],
].flatMap((shape) => ['--shape', shape]);

const bin = fileURLToPath(new URL('../../bin/wcalc.cjs', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'wcalc-fleet-'));
const meter = join(folder, 'meter.cjs');
writeFileSync(
  meter,
  "process.on('exit', () => { const fs = require('node:fs'); fs.writeSync(3, fs.readFileSync('/proc/self/schedstat', 'utf8')); });",
);

/** A week in steps of a quarter of an hour: quiet nights, busy days. */
const week = join(folder, 'week.csv');
const quarters = Array.from({ length: 7 * 96 }, (_, n) => [
  n * 900,
  (1500 - 1300 * Math.cos((2 * Math.PI * n) / 96)).toFixed(1),
]);
writeFileSync(week, `time,rate\n${quarters.map((row) => row.join(',')).join('\n')}\n`);

/** What is asked, and how much of main-thread time it may take beyond starting up, ms. */
const QUESTIONS = [
  ['1,000 replicas, 12 shapes', ['--rate', '8800', ...TWELVE], 1000],
  ['10,000 replicas, 12 shapes', ['--rate', '88000', ...TWELVE], 1000],
  ['least-connections, 12 shapes', ['--rate', '8800', '--balancer', 'least-connections', ...TWELVE], 1000],
  ['power-of-two, 12 shapes', ['--rate', '8800', '--balancer', 'power-of-two', ...TWELVE], 1000],
  ['no shape given', ['--rate', '400'], 1000],
  ['a week of quarters of an hour', ['--rates', week], 2000],
];

/** CPU time of a process's main thread, ms (Linux). */
function cpuMs(args) {
  const { status, output, stderr } = spawnSync(process.execPath, ['--require', meter, bin, ...args], {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
    encoding: 'utf8',
  });
  if (status !== 0 && status !== 1) throw new Error(`${args.join(' ')}: ${stderr}`);
  return Number.parseInt(output[3], 10) / 1e6;
}

const least = (args) => Math.min(...Array.from({ length: ROUNDS }, () => cpuMs(args)));

const startUp = least(['--cores', '4', '--mem', '4096', '--per-worker', '150', '--json']);
console.log(`beyond the ${startUp.toFixed(0)} ms of a plan without a rate`);
for (const [what, args, mostMs] of QUESTIONS) {
  const ms = least(['fleet', ...REQUEST, ...args]) - startUp;
  console.log(
    `${what.padEnd(30)} ${ms.toFixed(0).padStart(5)} ms  ${(ms / mostMs).toFixed(2)} of what it may take`,
  );
}
rmSync(folder, { recursive: true });
