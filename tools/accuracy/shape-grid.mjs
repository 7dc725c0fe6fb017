// Simulates random systems of the shapes that servers other than Gunicorn have, with and without a scarce pool of database
// connections, compares the formulas of `predict` with them, and prints the errors by shape.
// usage: node tools/accuracy/shape-grid.mjs [--count N] [--seed S] [--shape NAME] [--worst N] [--publish]
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

process.chdir(fileURLToPath(new URL('../..', import.meta.url)));
const folder = mkdtempSync(join(tmpdir(), 'wcalc-shapes-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
const outfile = join(folder, 'shapes.mjs');
await build({
  entryPoints: ['tools/accuracy/shape-grid/main.ts'],
  bundle: true,
  platform: 'node',
  format: 'esm',
  outfile,
});
const { main } = await import(pathToFileURL(outfile));
main(process.argv.slice(2));
