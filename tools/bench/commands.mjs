// CPU time of every command against bare `node -e 0`, medians of interleaved rounds, as ratios.
// usage: npm run build && npm run bench:commands [-- ROUNDS [WORD]]   (only the commands with WORD in their line)
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BIN, cpuMeter, median } from './cpu.mjs';

const rounds = Number(process.argv[2] ?? 11);
const word = process.argv[3] ?? '';
const folder = mkdtempSync(join(tmpdir(), 'wcalc-commands-'));
const cpuMs = cpuMeter(folder);

const fixture = fileURLToPath(new URL('../../fixtures/check/projects/blog', import.meta.url));
cpSync(fixture, join(folder, 'project'), { recursive: true });
const stamp = (second) =>
  `10/Oct/2026:13:${String(Math.floor(second / 60)).padStart(2, '0')}:${String(second % 60).padStart(2, '0')} +0000`;
writeFileSync(
  join(folder, 'access.log'),
  Array.from(
    { length: 2000 },
    (_, i) =>
      `10.0.0.1 - - [${stamp(i % 3600)}] "GET /a/${i % 7} HTTP/1.1" 200 512 "-" "-" ${20_000 + ((i * 7919) % 90_000)}\n`,
  ).join(''),
);

const MACHINE = '--cores 4 --mem 1024 --per-worker 256';
const LOADED = `${MACHINE} --cpu-time 10 --io-time 40`;
const FIXED = '--cores 4 --workers 4 --threads 8 --cpu-time 10 --io-time 40';
const LINES = [
  MACHINE,
  `${MACHINE} --json`,
  `${MACHINE} --format yaml`,
  `${MACHINE} --explain`,
  `${LOADED} --rate 200 --slo p95<250ms`,
  `${LOADED} --rate 200 --slo p95<250ms --json`,
  `${LOADED} --rate 396 --slo p95<250ms --json`,
  `${LOADED} --rate 200 --slo p95<250ms --server any`,
  'fleet --per-worker 200 --rate 400/s --service-time 60ms --slo p95<250ms',
  'check project',
  'queue M/M/c --servers 10 --rate 8/s --service-time 1s',
  'queue M/G/c --servers 4 --rate 3/s --service-time 1s --cv 2',
  'queue M/G/1-PS --rate 0.8/s --service-time 1s --cv 2',
  `simulate ${FIXED} --rate 200 --requests 2000`,
  `sweep ${FIXED} --vary rate=5..300:5 --result mean`,
  `sweep ${FIXED} --vary rate=5..300:5 --result p95`,
  'detect',
  'fit access.log',
  'explain gil',
  'completion bash',
  '--help',
];

const contestants = { 'node -e 0': ['-e', '0'] };
for (const line of LINES) if (line.includes(word)) contestants[line] = [BIN, ...line.split(' ')];
const samples = Object.fromEntries(Object.keys(contestants).map((line) => [line, []]));
for (let round = -1; round < rounds; round += 1)
  for (const [line, args] of Object.entries(contestants)) {
    const ms = cpuMs(args);
    if (round >= 0) samples[line].push(ms);
  }
rmSync(folder, { recursive: true });

const bare = median(samples['node -e 0']);
console.log(`CPU time, Node ${process.versions.node}, medians of ${rounds} interleaved rounds`);
for (const [line, values] of Object.entries(samples)) {
  const ms = median(values);
  console.log(`${(ms / bare).toFixed(2).padStart(6)} × ${ms.toFixed(1).padStart(7)} ms  ${line}`);
}
