// Simulates random systems, compares the formulas of `predict` with them, and prints the errors by method.
// usage: node tools/accuracy/model-grid.mjs [--count N] [--seed S] [--from FILE,…] [--out FILE] [--worst N] [--publish]
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

process.chdir(fileURLToPath(new URL('../..', import.meta.url)));
const folder = mkdtempSync(join(tmpdir(), 'wcalc-grid-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
const outfile = join(folder, 'grid.mjs');
await build({
  entryPoints: ['tools/accuracy/model-grid/main.ts'],
  bundle: true,
  platform: 'node',
  format: 'esm',
  outfile,
});
const { main } = await import(pathToFileURL(outfile));
main(process.argv.slice(2));
