// Start-up against bare Node, and of the executable (where npm run binary made it) against the same by Node: medians of
// interleaved rounds, as ratios.
// usage: node tools/bench/startup.mjs [ROUNDS]
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const rounds = Number(process.argv[2] ?? 20);
const bin = fileURLToPath(new URL('../../bin/wcalc.cjs', import.meta.url));
const executable = fileURLToPath(new URL('../../release/wcalc', import.meta.url));
const question = ['--cores', '4', '--mem', '1024', '--per-worker', '256'];
const contestants = {
  'node -e 0': [process.execPath, '-e', '0'],
  'wcalc (table)': [process.execPath, bin, ...question],
  'wcalc --json': [process.execPath, bin, ...question, '--json'],
  ...(existsSync(executable) && { executable: [executable, ...question] }),
};
/** NODE_EXTRA_CA_CERTS makes Node 20 parse every certificate at start, which would flatter the ratios. */
const { NODE_EXTRA_CA_CERTS: _, ...env } = process.env;

const milliseconds = ([command, ...args]) => {
  const from = performance.now();
  const { status } = spawnSync(command, args, { env, stdio: 'ignore' });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended with exit code ${status}`);
  return performance.now() - from;
};

const samples = Object.fromEntries(Object.keys(contestants).map((name) => [name, []]));
for (let round = -2; round < rounds; round += 1) {
  for (const [name, args] of Object.entries(contestants)) {
    const ms = milliseconds(args);
    if (round >= 0) samples[name].push(ms);
  }
}

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
const bare = median(samples['node -e 0']);
console.log(
  `start-up, Node ${process.versions.node}, medians of ${rounds} interleaved rounds, NODE_EXTRA_CA_CERTS unset`,
);
for (const [name, values] of Object.entries(samples)) {
  const ms = median(values);
  console.log(`${name.padEnd(16)} ${ms.toFixed(1).padStart(6)} ms  ${(ms / bare).toFixed(2)} × bare`);
}
if (samples.executable) {
  const ratio = median(samples.executable) / median(samples['wcalc (table)']);
  console.log(
    `the executable takes ${ratio.toFixed(2)} × the time of node bin/wcalc.cjs (at most 1.3 is accepted)`,
  );
  if (ratio > 1.3) process.exitCode = 1;
}
