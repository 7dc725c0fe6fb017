// Compares analytic, simulated and measured latencies of every measured case, and writes docs/accuracy.md with its plots.
// usage: npm run validate [-- --measured DIRECTORY]   (default fixtures/measured; prints only where another is given)
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

process.chdir(fileURLToPath(new URL('../..', import.meta.url)));
const folder = mkdtempSync(join(tmpdir(), 'wcalc-validate-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
const outfile = join(folder, 'validate.mjs');
await build({
  entryPoints: ['tools/accuracy/validate/main.ts'],
  bundle: true,
  platform: 'node',
  format: 'esm',
  outfile,
  // Bundled CommonJS packages ask for it.
  banner: {
    js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
  },
});
const { validate } = await import(pathToFileURL(outfile));
await validate(process.argv.slice(2));
