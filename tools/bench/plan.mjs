// Time of a whole `wcalc plan`, search included, beyond that of a plan without a rate, on machines of every size: CPU time of
// the main thread, which other programs do not stretch as they do the time on the clock.
// usage: npm run build && node tools/bench/plan.mjs [CLASS…]   (any class, and those named; `all` for every one)
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const MOST_MS = 300;
const CORES = [1, 2, 4, 8, 16, 32, 64, 128, 256, 1000];
const LOADS = [0.3, 0.75, 0.95];
const [CPU_MS, IO_MS] = [10, 40];
/** Objective, and memory in GiB for each core. */
const QUESTIONS = {
  p95: ['p95<250ms', 4],
  mean: ['mean<75ms', 4],
  none: [null, 4],
  'too little memory': ['p95<250ms', 0.15],
  'hopelessly fast': ['p95<50ms', 4],
  'just too fast': ['mean<49.5ms', 4],
};
const ALL = ['sync', 'gthread', 'gevent', 'tornado', 'asgi', 'uvicorn'];
const named = process.argv.slice(2);
const classes = [null, ...(named.includes('all') ? ALL : named)];
/** Those that took the longest are asked again, and count with the least of all times. */
const AGAIN = 20;
const ROUNDS = 3;

const bin = fileURLToPath(new URL('../../bin/wcalc.cjs', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'wcalc-plan-'));
const meter = join(folder, 'meter.cjs');
writeFileSync(
  meter,
  "process.on('exit', () => { const fs = require('node:fs'); fs.writeSync(3, fs.readFileSync('/proc/self/schedstat', 'utf8')); });",
);

/** CPU time of a process's main thread, ms (Linux). */
function cpuMs(args) {
  const { status, output, stderr } = spawnSync(process.execPath, ['--require', meter, bin, ...args], {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
    encoding: 'utf8',
  });
  if (status !== 0 && status !== 1) throw new Error(`${args.join(' ')}: ${stderr}`);
  return Number.parseInt(output[3], 10) / 1e6;
}

const machine = (cores, gib) =>
  `--cores ${cores} --mem ${Math.ceil(1024 * gib * cores) + 200} --per-worker 150 --json`.split(' ');
const least = (args, rounds) => Math.min(...Array.from({ length: rounds }, () => cpuMs(args)));

const startUp = least(machine(4, 4), 15);
const asked = [];
for (const workerClass of classes)
  for (const [objective, [slo, gib]] of Object.entries(QUESTIONS))
    for (const load of LOADS)
      for (const cores of CORES) {
        const args = [
          ...machine(cores, gib),
          ...[
            '--cpu-time',
            `${CPU_MS}`,
            '--io-time',
            `${IO_MS}`,
            '--rate',
            `${(1000 * load * cores) / CPU_MS}`,
          ],
          ...(slo ? ['--slo', slo] : []),
          ...(workerClass ? ['--worker-class', workerClass] : []),
        ];
        asked.push({
          workerClass: workerClass ?? 'any',
          objective,
          load,
          cores,
          args,
          ms: cpuMs(args) - startUp,
        });
      }
const byTime = () => asked.sort((a, b) => b.ms - a.ms);
for (const question of byTime().slice(0, AGAIN))
  question.ms = Math.min(question.ms, least(question.args, ROUNDS) - startUp);
rmSync(folder, { recursive: true });

const shown = (ms) => `${ms.toFixed(0)}`.padStart(5);
console.log(`main thread beyond the ${startUp.toFixed(0)} ms of a plan without a rate, ms`);
console.log(
  `class      objective         load ${CORES.map((cores) => `${cores}`.padStart(5)).join('')} cores`,
);
for (const workerClass of classes)
  for (const objective of Object.keys(QUESTIONS))
    for (const load of LOADS) {
      const row = asked.filter(
        (q) => q.workerClass === (workerClass ?? 'any') && q.objective === objective && q.load === load,
      );
      const cells = CORES.map((cores) => shown(row.find((q) => q.cores === cores).ms));
      console.log(
        `${(workerClass ?? 'any').padEnd(10)} ${objective.padEnd(17)} ${load.toFixed(2)} ${cells.join('')}`,
      );
    }
const [worst] = byTime();
const over = asked.filter((q) => q.ms > MOST_MS).length;
console.log(
  `worst ${worst.ms.toFixed(0)} ms: ${worst.workerClass}, ${worst.objective}, load ${worst.load}, ${worst.cores} cores; ${over} of ${asked.length} over ${MOST_MS} ms`,
);
