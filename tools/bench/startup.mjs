// Start-up against bare Node: medians of interleaved rounds, as ratios.
// usage: node tools/bench/startup.mjs [ROUNDS]
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const rounds = Number(process.argv[2] ?? 20);
const bin = fileURLToPath(new URL('../../bin/wcalc.cjs', import.meta.url));
const plain = [bin, '--cores', '4', '--mem', '1024', '--per-worker', '256'];
const contestants = {
  'node -e 0': ['-e', '0'],
  'wcalc (table)': plain,
  'wcalc --json': [...plain, '--json'],
};
/** NODE_EXTRA_CA_CERTS makes Node 20 parse every certificate at start, which would flatter the ratios. */
const { NODE_EXTRA_CA_CERTS: _, ...env } = process.env;

const milliseconds = (args) => {
  const from = performance.now();
  const { status } = spawnSync(process.execPath, args, { env, stdio: 'ignore' });
  if (status !== 0) throw new Error(`${args.join(' ')} ended with exit code ${status}`);
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
