// Builds dist: the program as CommonJS bundles that start fast, the library as ES modules, and its type declarations.
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
process.chdir(root);
rmSync('dist', { recursive: true, force: true });

const shared = {
  bundle: true,
  minify: true,
  platform: 'node',
  target: 'node20',
  logLevel: 'warning',
  legalComments: 'none',
};

/** The program. Modules behind `import()` stay in the file but run only when asked for. */
await build({
  ...shared,
  entryPoints: { wcalc: 'src/cli.ts' },
  outdir: 'dist',
  format: 'cjs',
  outExtension: { '.js': '.cjs' },
  supported: { 'dynamic-import': false },
  define: { 'import.meta.url': '__moduleUrl' },
  banner: { js: "const __moduleUrl=require('node:url').pathToFileURL(__filename).href;" },
  alias: { 'string-width': './node_modules/string-width/index.js' },
});

/** The library. */
await build({
  ...shared,
  minify: false,
  entryPoints: { index: 'src/index.ts', 'queueing/index': 'src/queueing/index.ts' },
  outdir: 'dist',
  format: 'esm',
  splitting: true,
  packages: 'external',
});

execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json'], {
  stdio: 'inherit',
});
