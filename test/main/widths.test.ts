import { readFileSync } from 'node:fs';
import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import { run } from '../../src/main.js';
import { madeUpHost } from '../made-up-host.js';

const FILES = Object.fromEntries(
  ['access.log', 'gunicorn.conf.py', 'Procfile'].map((name) => [
    name,
    readFileSync(`fixtures/docs/${name}`, 'utf8'),
  ]),
);

const MACHINE = '--cores 2 --mem 1GiB --per-worker 180';
const LOAD = '--cpu-time 12 --io-time 60 --rate 50 --slo p95<250ms';

const COMMANDS = [
  MACHINE,
  `${MACHINE} ${LOAD} --workers 5 --threads 3 --explain --chart --formula house=min(2*cores+1,floor(memory/perWorker))`,
  '--cores 2 --mem 100 --per-worker 180',
  `${MACHINE} --rate 5000 --slo p95<10ms --slo wait<1% --max-utilization 80%`,
  `check ${MACHINE}`,
  `check ${MACHINE} ${LOAD} --explain`,
  'check --list-rules',
  'queue M/M/c --servers 10 --rate 8 --service-time 1s',
  'queue M/M/c --servers 2 --rate 8 --service-time 1s',
  'queue closed --population 20 --think-time 1s --demand 200ms --demand 400ms@8',
  `simulate --cores 2 --workers 2 --threads 4 ${LOAD} --requests 4000`,
  'simulate --cores 2 --workers 2 --threads 4 --service-time 100 --rate 5000 --requests 4000',
  'sweep --cores 2 --workers 5 --cpu-time 12 --io-time 60 --vary rate=10..70 --slo p95<250ms --chart',
  'sweep --cores 2 --workers 5 --cpu-time 12 --io-time 60 --vary rate=10..70:20 --vary workers=1..8 --slo p95<250ms --chart',
  `sweep --cores 2 --workers 5 ${LOAD} --sensitivity --uncertain io-time=50..90`,
  'fit access.log --compare --cores 2 --workers 4',
  'explain',
  'explain cpu-heuristic memory-bound model-event-loops memory-overcommit --cores 4 --mem 1024 --per-worker 256',
  'help',
  'help check',
  'help sweep',
  'help io-ratio',
  'simulate --help',
];

describe.each([20, 24, 30, 36, 40, 50, 59, 72, 80])('in a terminal of %i columns', (columns) => {
  test.each(COMMANDS)('wcalc %s keeps to them where words allow', async (line) => {
    const argv = line.split(' ');
    const made = madeUpHost(argv, { files: FILES, terminal: true, columns, env: { TERM: 'xterm' } });
    await run(made.host);
    const plain = made.out().replace(/\u001b\[\d+m/g, '');
    const tooWide = plain.split('\n').filter((text) => {
      if (stringWidth(text) <= columns) return false;
      // One word cannot be broken, nor a label and the word beside it, nor what stands between quotes.
      const words =
        text
          .replace(/ \\$/, '')
          .trim()
          .match(/'[^']*'|\S+/g) ?? [];
      return words.length > (/^\s*\S+:\s/.test(text) ? 2 : 1);
    });
    expect(tooWide).toEqual([]);
  });
});

test('help takes the width and the colour that are asked for beside it', async () => {
  const made = madeUpHost(['check', '--help', '--width', '40', '--color']);
  await run(made.host);
  expect(made.out()).toContain('\u001b[');
  const plain = made.out().replace(/\u001b\[\d+m/g, '');
  expect(Math.max(...plain.split('\n').map((line) => stringWidth(line)))).toBeLessThanOrEqual(40);
  const wrong = madeUpHost(['--help', '--width', 'abc']);
  expect(await run(wrong.host)).toBe(0);
});
