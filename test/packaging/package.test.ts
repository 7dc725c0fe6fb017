import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isBuilt } from '../support/require-tool.js';

describe.runIf(isBuilt('dist/wcalc.cjs'))('the npm package', () => {
  it('is all ASCII in the file that bin/wcalc.cjs reads byte by byte, and understands other signs', () => {
    expect(/[^\x00-\x7f]/.test(readFileSync('dist/wcalc.cjs', 'utf8'))).toBe(false);
    const machine = ['--cores', '4', '--mem', '1024', '--per-worker', '256', '--rate', '5'];
    const objective = (slo: string) =>
      execFileSync(process.execPath, ['bin/wcalc.cjs', ...machine, '--slo', slo, '--quiet'], {
        encoding: 'utf8',
      });
    expect(objective('p95 ≤ 900000 µs')).toBe(objective('p95<=900ms'));
  });

  it('holds the program, the library with one file of types an entry, licences, and nothing else', () => {
    const told = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const [{ files }] = JSON.parse(told) as [{ files: { path: string }[] }];
    const kinds = files.map(({ path }) =>
      path
        .replace(/-[0-9A-Z]{8}\.(c?js)$/, '-HASH.$1')
        .replace(/^dist\/chunks\/.*-HASH\.cjs$/, 'dist/chunks/*-HASH.cjs'),
    );
    expect([...new Set(kinds)].sort()).toEqual([
      'CHANGELOG.md',
      'LICENSE',
      'README.md',
      'bin/wcalc.cjs',
      'dist/THIRD-PARTY-NOTICES.txt',
      'dist/assets/page.html',
      'dist/assets/report-page.js',
      'dist/chunk-HASH.js',
      'dist/chunks/*-HASH.cjs',
      'dist/chunks/batch-worker.cjs',
      'dist/chunks/log-worker.cjs',
      'dist/chunks/simulation-worker.cjs',
      'dist/chunks/sweep-worker.cjs',
      'dist/index.d.ts',
      'dist/index.js',
      'dist/man/wcalc.1',
      'dist/queueing/index.d.ts',
      'dist/queueing/index.js',
      'dist/schema/config-1.schema.json',
      'dist/schema/fleet-1.schema.json',
      'dist/schema/plan-1.schema.json',
      'dist/wcalc.cjs',
      'package.json',
    ]);
  });

  it('has types that compile by themselves', () => {
    const strict = ['--noEmit', '--strict', '--skipLibCheck', 'false', '--types', '', '--ignoreConfig'];
    const { status, stdout } = spawnSync(
      process.execPath,
      ['node_modules/typescript/bin/tsc', ...strict, 'dist/index.d.ts', 'dist/queueing/index.d.ts'],
      { encoding: 'utf8' },
    );
    expect([status, stdout]).toEqual([0, '']);
  });

  it.each(['index', 'queueing/index'])('says the types of %s without any other file', (entry) => {
    const types = readFileSync(`dist/${entry}.d.ts`, 'utf8');
    expect(types).toMatch(/^export declare /m);
    expect(types).not.toMatch(/\bimport\b.*['"]|\bfrom ['"]|\brequire\(|reference (path|types)=/);
  });
});

it('says in one sentence that a clone is not built', () => {
  const place = mkdtempSync(join(tmpdir(), 'wcalc-unbuilt-'));
  cpSync('bin', join(place, 'bin'), { recursive: true });
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(place, 'bin/wcalc.cjs')], {
    encoding: 'utf8',
  });
  rmSync(place, { recursive: true });
  expect({ status, stdout, stderr }).toEqual({
    status: 70,
    stdout: '',
    stderr: 'wcalc: this clone of wcalc is not built yet; run npm run build in its folder\n',
  });
});
