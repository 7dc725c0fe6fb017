// Makes docs/reference.md from the option table, and with --built the man page and the schema of the configuration file in
// dist, as the build does. usage: npm run reference
import { rmSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

process.chdir(fileURLToPath(new URL('../..', import.meta.url)));
const outfile = `.wcalc-bench/reference-${process.pid}.mjs`;
await build({
  entryPoints: ['tools/docs/reference/main.ts'],
  bundle: true,
  platform: 'node',
  format: 'esm',
  packages: 'external',
  outfile,
  logLevel: 'warning',
});
const { writeBuilt, writeRead } = await import(pathToFileURL(outfile).href);
if (process.argv.includes('--built')) writeBuilt();
else writeRead();
rmSync(outfile);
