import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isBuilt } from '../support/require-tool.js';

/** The compiled code that a run leaves beside the program: faster starts, and never another answer. */
describe.runIf(isBuilt('dist/wcalc.cjs'))('compiled code', () => {
  let place = '';
  beforeAll(() => {
    place = mkdtempSync(join(tmpdir(), 'wcalc-compiled-'));
    mkdirSync(join(place, 'dist'));
    cpSync('bin', join(place, 'bin'), { recursive: true });
    cpSync('dist/wcalc.cjs', join(place, 'dist/wcalc.cjs'));
    spawnSync('chmod', ['-R', 'a+rX', place]);
  });
  afterAll(() => rmSync(place, { recursive: true }));

  const answer = (options: { uid?: number } = {}) => {
    const machine = ['--cores', '4', '--mem', '1024', '--per-worker', '256'];
    const { status, stdout, stderr } = spawnSync(process.execPath, ['bin/wcalc.cjs', ...machine], {
      cwd: place,
      encoding: 'utf8',
      ...options,
    });
    return { status, stdout, stderr };
  };
  const kept = (): string[] => readdirSync(join(place, 'dist')).filter((name) => name !== 'wcalc.cjs');

  it.runIf(process.getuid?.() === 0)('is done without where the folder cannot be written to', () => {
    expect(answer({ uid: 65_534 })).toMatchObject({ status: 0 });
    expect(kept()).toEqual([]);
  });

  it('is left by the first run, for this V8 and this build, and changes no answer', () => {
    const first = answer();
    expect(first.stdout).toContain('4 sync workers');
    const digest = readFileSync(join(place, 'dist/wcalc.cjs'), 'utf8').slice(2, 14);
    expect(kept()).toEqual([`wcalc.cjs.${digest}.${process.versions.v8}.plan.cache`]);
    expect(answer()).toEqual(first);
  });

  it('is made anew where it is damaged, cut short or empty', () => {
    const file = join(place, 'dist', kept()[0]!);
    const whole = readFileSync(file);
    const expected = answer();
    const flipped = Buffer.from(whole);
    flipped[whole.length / 4] = flipped[whole.length / 4]! ^ 1;
    for (const damaged of [flipped, whole.subarray(0, 1000), Buffer.alloc(0)]) {
      writeFileSync(file, damaged);
      expect(answer()).toEqual(expected);
      expect(kept()).toHaveLength(1);
      expect(readFileSync(file).equals(damaged)).toBe(false);
    }
  });

  it('is refused by V8 where it is of something else', () => {
    const expected = answer();
    writeFileSync(join(place, 'dist', kept()[0]!), Buffer.alloc(20_000, 7));
    expect(answer()).toEqual(expected);
  });
});
