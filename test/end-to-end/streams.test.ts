import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';

const bin = resolve('bin/wcalc.cjs');
const MACHINE = '--cores 4 --mem 1024 --per-worker 256';

const sh = (script: string) =>
  spawnSync('bash', ['-c', `set -o pipefail; wcalc() { '${process.execPath}' '${bin}' "$@"; }; ${script}`], {
    encoding: 'utf8',
  });

test('a reader that stops reading is no error', () => {
  const { status, stderr } = sh(
    `wcalc sweep --cores 4 --workers 4 --vary rate=1..30/3000 --result mean --format csv | head -n 1`,
  );
  expect([status, stderr]).toEqual([0, '']);
});

test.each(['', '--json'])('a full disk is told in one line with exit code 3 (%s)', (format) => {
  const { status, stderr } = sh(`wcalc ${MACHINE} --quiet ${format} > /dev/full`);
  expect(stderr).toBe('wcalc: standard output: cannot write (ENOSPC)\n');
  expect(status).toBe(3);
});

test('a pipe gets no colour, and all of a long output', () => {
  const { stdout } = sh(`wcalc ${MACHINE} | cat`);
  expect(stdout).not.toContain('\u001b');
  const long = sh(
    `wcalc sweep --cores 4 --workers 4 --vary rate=1..30/5000 --result mean --format csv | cat`,
  );
  expect(long.stdout.trim().split('\n')).toHaveLength(5001);
});

test('a closed standard output does not end in a stack trace', () => {
  const { stderr } = sh(`wcalc ${MACHINE} --quiet >&-`);
  expect(stderr).not.toMatch(/^\s+at /m);
});

test('both names run the same program, also through a link', () => {
  const { stdout } = sh(
    `d=$(mktemp -d); ln -s '${bin}' "$d/worker-calc"; '${process.execPath}' "$d/worker-calc" --version; rm -r "$d"; wcalc --version`,
  );
  const [one, other] = stdout.trim().split('\n');
  expect(one).toBe(other);
  expect(one).toMatch(/^\d+\.\d+\.\d+$/);
});
