// CPU time of a whole `wcalc plan`, search included, beyond that of a plan without a rate: of 500 random questions of every
// size, and of a table of machines, loads and objectives.
// usage: npm run build && npm run bench:plan [-- CLASS…]   (any class, and those named; `all` for every one)
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BIN, cpuMeter, median } from './cpu.mjs';
import { wideQuestion } from './wide-questions.mjs';

const WIDE = 500;
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

const folder = mkdtempSync(join(tmpdir(), 'wcalc-plan-'));
const meter = cpuMeter(folder);
const cpuMs = (args) => meter([BIN, ...args]);

const machine = (cores, gib) =>
  `--cores ${cores} --mem ${Math.ceil(1024 * gib * cores) + 200} --per-worker 150 --json`.split(' ');
const least = (args, rounds) => Math.min(...Array.from({ length: rounds }, () => cpuMs(args)));

const startUp = median(Array.from({ length: 15 }, () => cpuMs(machine(4, 4))));
printWide();
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

/** What random questions take, from the worst to the median. */
function printWide() {
  const times = Array.from({ length: WIDE }, (_, seed) => ({
    seed,
    ms: cpuMs(wideQuestion(seed)) - startUp,
  }));
  times.sort((a, b) => b.ms - a.ms);
  const at = (share) => times[Math.floor(WIDE * (1 - share))].ms.toFixed(0);
  const [worst] = times;
  console.log(
    `${WIDE} random questions, ms of CPU beyond the ${startUp.toFixed(0)} ms of a plan without a rate:`,
  );
  console.log(
    `worst ${worst.ms.toFixed(0)} (seed ${worst.seed}), 99 % ${at(0.99)}, 90 % ${at(0.9)}, median ${at(0.5)}`,
  );
  console.log(`the worst: wcalc ${wideQuestion(worst.seed).join(' ')}`);
}

const shown = (ms) => `${ms.toFixed(0)}`.padStart(5);
console.log(`CPU time beyond the ${startUp.toFixed(0)} ms of a plan without a rate, ms`);
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
