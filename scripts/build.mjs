// Builds dist: the program as CommonJS that starts fast, the library as ES modules, and its type declarations.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
rmSync('dist', { recursive: true, force: true });
mkdirSync('dist/chunks', { recursive: true });

/** Packages that few runs need: each becomes a file of its own, read when a run first imports it. */
const RARE_PACKAGES = [
  'yaml',
  'smol-toml',
  '@lezer/python',
  'csv-parse',
  'csv-parse/sync',
  'cli-progress',
  'shell-quote',
  'dockerfile-ast',
];

const chunkOf = (name) => `chunks/${name.replaceAll(/[^\w.]+/g, '-').replace(/^-/, '')}.cjs`;

/** Leaves rare packages, and own modules named `*.chunk.ts`, out of the file that imports them. */
const chunks = {
  name: 'chunks',
  setup({ onResolve, initialOptions }) {
    const prefix = initialOptions.outdir === 'dist/chunks' ? '.' : './chunks';
    const external = (name) => ({ path: `${prefix}/${basename(chunkOf(name))}`, external: true });
    onResolve({ filter: /^[^.]/ }, ({ path, kind }) =>
      kind !== 'entry-point' && RARE_PACKAGES.includes(path) ? external(path) : undefined,
    );
    onResolve({ filter: /\.chunk\.js$/ }, ({ path, kind }) =>
      kind === 'entry-point' ? undefined : external(basename(path, '.chunk.js')),
    );
  },
};

const program = {
  bundle: true,
  minify: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  outExtension: { '.js': '.cjs' },
  // `import()` becomes a lazy require, so that modules behind it run only when asked for.
  supported: { 'dynamic-import': false },
  define: { 'import.meta.url': '__moduleUrl' },
  banner: { js: "const __moduleUrl=require('node:url').pathToFileURL(__filename).href;" },
  // One copy of string-width instead of three: the newer ones spend 20 ms on Unicode tables at start.
  alias: { assert: './scripts/assert-shim.mjs', 'string-width': './node_modules/string-width/index.js' },
  logLevel: 'warning',
  legalComments: 'none',
  metafile: true,
};

const { metafile } = await build({
  ...program,
  entryPoints: { wcalc: 'src/cli.ts' },
  outdir: 'dist',
  plugins: [chunks],
});

for (const name of RARE_PACKAGES) {
  await build({
    ...program,
    stdin: { contents: `module.exports = require(${JSON.stringify(name)})`, resolveDir: '.' },
    outfile: `dist/${chunkOf(name)}`,
    outExtension: {},
  });
}

for (const file of readdirSync('src', { recursive: true }).filter((file) => file.endsWith('.chunk.ts'))) {
  await build({
    ...program,
    entryPoints: { [basename(file, '.chunk.ts')]: `src/${file}` },
    outdir: 'dist/chunks',
    plugins: [chunks],
  });
}

/** The script of the HTML report: the command's own model, for browsers. */
await build({
  bundle: true,
  minify: true,
  platform: 'browser',
  target: 'es2022',
  format: 'iife',
  charset: 'ascii',
  legalComments: 'none',
  logLevel: 'warning',
  entryPoints: { 'report-page': 'src/report/page/main.ts' },
  outdir: 'dist/assets',
});

await build({
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  splitting: true,
  // What is not a dependency at run time is bundled.
  external: ['yargs', 'chalk', 'cli-table3', 'mathjs'],
  entryPoints: { index: 'src/index.ts', 'queueing/index': 'src/queueing/index.ts' },
  outdir: 'dist',
  logLevel: 'warning',
});

execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json'], {
  stdio: 'inherit',
});
execFileSync(process.execPath, ['scripts/make-code-cache.cjs'], { stdio: ['ignore', 'inherit', 'inherit'] });

/** Start-up guard: what only some runs need must not be in the program's own file. */
const bundled = Object.keys(metafile.inputs).filter((file) =>
  /node_modules\/(mathjs|yaml|@lezer)\//.test(file),
);
if (bundled.length > 0) throw new Error(`dist/wcalc.cjs holds ${bundled[0]}: import it from a *.chunk.ts`);
