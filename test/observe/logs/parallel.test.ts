import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { hasTool, isBuilt } from '../../support/require-tool.js';

/** The line of the documentation, which stands there for people to copy. */
const LINE = /^parallel .*$/m.exec(readFileSync('docs/logs.md', 'utf8'))![0];

const canRun = hasTool('parallel') && isBuilt('bin/wcalc.cjs');

describe.skipIf(!canRun)('GNU parallel as docs/logs.md calls it', () => {
  test('reads a log in parts that merge to what the whole log gives', () => {
    const folder = mkdtempSync(join(tmpdir(), 'wcalc-parallel-'));
    try {
      const bin = join(folder, 'bin');
      mkdirSync(bin);
      symlinkSync(resolve('bin/wcalc.cjs'), join(bin, 'wcalc'));
      cpSync('fixtures/docs/access.log', join(folder, 'access.log'));
      const env = { ...process.env, PATH: `${bin}:${process.env.PATH}`, HOME: folder };
      const sh = (line: string) => execFileSync('sh', ['-c', line], { cwd: folder, env, encoding: 'utf8' });
      sh(LINE.replace('--block -1', '--jobs 2 --block -2'));
      const parts = readdirSync(folder).filter((name) => /^part\.\d+\.json$/.test(name));
      expect(parts.length).toBeGreaterThan(2);
      const learnt = (args: string) => JSON.parse(sh(`wcalc fit ${args} --json --quiet`));
      const merged = learnt(`--merge ${parts.join(' ')}`);
      const whole = learnt('access.log');
      expect(merged.log.requests).toBe(whole.log.requests);
      expect(merged.arrivals).toEqual(whole.arrivals);
      expect(merged.processes.count).toBe(whole.processes.count);
      for (const name of ['meanMs', 'cv', 'p50Ms', 'p95Ms', 'p99Ms', 'maxMs'])
        expect(merged.service[name] / whole.service[name]).toBeCloseTo(1, 9);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
