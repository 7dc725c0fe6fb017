// A sweep of 10,000 points over two inputs against a plain plan: what it takes beyond start-up.
// usage: node tools/bench/sweep.mjs [ROUNDS]
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const rounds = Number(process.argv[2] ?? 3);
const bin = fileURLToPath(new URL('../../bin/wcalc.cjs', import.meta.url));
const server = [
  '--cores',
  '4',
  '--workers',
  '4',
  '--threads',
  '8',
  '--worker-class',
  'gthread',
  '--io-ratio',
  '80%',
];
const seconds = (args) => {
  const from = performance.now();
  const { status, stderr } = spawnSync(process.execPath, [bin, ...args], {
    stdio: ['ignore', 'ignore', 'pipe'],
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  return (performance.now() - from) / 1000;
};
const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

const plain = [];
const swept = [];
for (let round = 0; round < rounds; round += 1) {
  plain.push(seconds([...server, '--json']));
  swept.push(
    seconds([
      'sweep',
      ...server,
      '--vary',
      'rate=5..60/100',
      '--vary',
      'ioRatio=0.1..0.9/100',
      '--format',
      'csv',
    ]),
  );
}
const beyond = median(swept) - median(plain);
console.log(`start-up and one plan   ${median(plain).toFixed(2)} s`);
console.log(
  `10,000 points, p95      ${median(swept).toFixed(2)} s, ${beyond.toFixed(2)} s beyond start-up (${(median(swept) / median(plain)).toFixed(0)} ×), ${((beyond * 1e6) / 10_000).toFixed(0)} µs a point`,
);
