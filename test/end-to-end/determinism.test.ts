import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { wideQuestion } from '../../tools/bench/wide-questions.mjs';
import { nodeOfMajor } from '../support/require-tool.js';

/**
 * The same input gives the same bytes on every version of Node, in every locale and time zone. (A locale whose characters
 * are not UTF-8, such as C, gets tables and charts in ASCII: that is what it asks for.)
 */

const BIN = resolve('bin/wcalc.cjs');
const PROJECT = resolve('fixtures/docs');

const folder = mkdtempSync(join(tmpdir(), 'wcalc-determinism-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Random questions of every size as a batch: of a quarter some number differs in the last of 17 digits between versions. */
const WIDE = join(folder, 'wide.jsonl');
const SEEDS = Array.from({ length: 20 }, (_, n) => n + 1);

/** A question in the form of a batch's line: `--per-worker 100` is `perWorker`. */
function lineOf(seed: number): string {
  const words = wideQuestion(seed).filter((word) => word !== '--json');
  const pairs = words.flatMap((word, n) => {
    const name = word.slice(2).replace(/-([a-z])/g, (_: string, letter: string) => letter.toUpperCase());
    return n % 2 === 0 ? [[name, words[n + 1]]] : [];
  });
  return JSON.stringify(Object.fromEntries(pairs));
}

const MACHINE = '--cores 2 --mem 4GiB --per-worker 200';
const REQUEST = '--cpu-time 12ms --io-time 60ms --rate 60';
const QUESTIONS: readonly string[] = [
  `plan ${MACHINE} ${REQUEST} --slo p95<250ms`,
  `plan ${MACHINE} ${REQUEST} --slo p95<250ms --server any --app asgi --json`,
  `plan ${MACHINE} ${REQUEST} --format html`,
  `plan ${MACHINE} ${REQUEST} --explain --format markdown --formula house=2*cores+1`,
  `plan ${MACHINE} ${REQUEST} --format kubernetes`,
  'fleet --per-worker 200 --rate 400/s --service-time 60ms --slo p95<250ms --shape 2:4GiB:0.09/h --json',
  'sweep --cores 2 --workers 4 --service-time 80ms --vary rate=5..45 --format csv',
  `simulate --cores 2 --workers 8 ${REQUEST} --requests 20000 --json`,
  'queue M/G/1-PS --rate 8 --service-time 100ms --service-distribution lognormal:2 --json',
  'queue M/G/1-PS --rate 5 --service-time 100ms --service-distribution erlang:3 --json',
  'queue M/G/c --servers 4 --rate 30 --service-time 100ms --service-distribution gamma:3 --json',
  'queue GI/M/c --servers 4 --rate 30 --service-time 100ms --arrival-distribution lognormal:2 --json',
  'queue closed --population 20 --think-time 1s --demand 200ms --demand 400ms@8 --json',
  'fit access.log --json',
  'fit access.log --format yaml',
  `plan --batch ${WIDE}`,
  `check ${MACHINE} --json`,
  `check ${MACHINE} --format sarif`,
  'explain little',
  'help plan',
];

const ask = (question: string, node: string, env: Record<string, string>) =>
  spawnSync(node, [BIN, ...question.split(' ')], {
    cwd: PROJECT,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    env: { PATH: process.env.PATH, ...env },
  });

const answers = new Map<string, string>();
beforeAll(() => {
  writeFileSync(WIDE, SEEDS.map((seed) => `${lineOf(seed)}\n`).join(''));
  for (const question of QUESTIONS) {
    const { status, stdout, stderr } = ask(question, process.execPath, { LC_ALL: 'C.UTF-8', TZ: 'UTC' });
    expect([0, 1], `${question}: ${stderr}`).toContain(status);
    answers.set(question, stdout);
  }
}, 300_000);

test.each([
  [20, 'tr_TR.UTF-8', 'Asia/Kathmandu'],
  [22, 'de_DE.UTF-8', 'America/St_Johns'],
  [24, 'ar_EG.UTF-8', 'Pacific/Chatham'],
])(
  'on Node %d with the locale %s in the time zone %s',
  (major, LC_ALL, TZ) => {
    const own = process.version.startsWith(`v${major}.`) ? process.execPath : nodeOfMajor(major);
    if (own === null) return;
    for (const question of QUESTIONS)
      expect(ask(question, own, { LC_ALL, TZ, HOME: join(PROJECT, 'none') }).stdout, question).toBe(
        answers.get(question),
      );
  },
  300_000,
);
