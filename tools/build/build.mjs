// Builds dist: the program as CommonJS that starts fast, the library as ES modules, and its type declarations.
import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { bundledFolders, packageIn } from './licences/bundled-packages.mjs';
import { thirdPartyNotices } from './licences/notices.mjs';
import { pack } from './pack.mjs';
import { writeTypes } from './types.mjs';

process.chdir(fileURLToPath(new URL('../..', import.meta.url)));
rmSync('dist', { recursive: true, force: true });
mkdirSync('dist/chunks', { recursive: true });

const program = {
  bundle: true,
  minify: true,
  platform: 'node',
  target: 'node20',
  define: { 'import.meta.url': '__module.url' },
  alias: {
    // node:assert takes a millisecond to load, and yargs uses two functions of it.
    assert: './tools/build/shims/assert.mjs',
    'yargs/helpers': './tools/build/shims/yargs-helpers.mjs',
    // One copy of string-width instead of three, loaded only for text that needs its tables.
    'string-width': './tools/build/shims/string-width.cjs',
  },
  logLevel: 'warning',
  legalComments: 'none',
  metafile: true,
};
/** Of every build below: whose code is in it. */
const metafiles = [];

/** The program: what a plain run needs in one file, the rest in files that are read when a run first imports them. */
const built = await build({
  ...program,
  format: 'esm',
  splitting: true,
  write: false,
  entryPoints: { wcalc: 'src/cli.ts' },
  outdir: 'dist',
  chunkNames: '[name]-[hash]',
});
metafiles.push(built.metafile);
const hot = await pack(built, {
  entry: 'src/cli.ts',
  hot: ['src/commands/plan/run.ts', 'src/commands/plan/formats/table.ts', 'src/text/json.ts'],
  folder: 'dist',
});

/** Worker threads start from files of their own. */
for (const file of readdirSync('src', { recursive: true }).filter((file) => file.endsWith('.worker.ts'))) {
  const { metafile } = await build({
    ...program,
    format: 'cjs',
    outExtension: { '.js': '.cjs' },
    supported: { 'dynamic-import': false },
    banner: { js: "const __module={get url(){return require('node:url').pathToFileURL(__filename).href}};" },
    entryPoints: { [`${basename(file, '.worker.ts')}-worker`]: `src/${file}` },
    outdir: 'dist/chunks',
  });
  metafiles.push(metafile);
}

/** Scripts for browsers: the command's own model, in one file each. */
const browser = {
  bundle: true,
  minify: true,
  metafile: true,
  platform: 'browser',
  target: 'es2022',
  format: 'iife',
  charset: 'ascii',
  legalComments: 'none',
  logLevel: 'warning',
};

/** The script of the HTML report: the command's own model, for browsers. */
const page = await build({
  ...browser,
  entryPoints: { 'report-page': 'src/commands/plan/page/browser/main.ts' },
  outdir: 'dist/assets',
});
metafiles.push(page.metafile);

/** The calculator as one page: its script bundled, put into its document. */
const calculator = await build({
  ...browser,
  write: false,
  entryPoints: { page: 'src/commands/page/browser/main.ts' },
  outdir: 'dist/assets',
});
metafiles.push(calculator.metafile);
await build({
  bundle: true,
  platform: 'node',
  format: 'esm',
  logLevel: 'warning',
  entryPoints: ['src/commands/page/document.ts'],
  outfile: '.wcalc-bench/page-document.mjs',
});
const { pageDocument } = await import('../../.wcalc-bench/page-document.mjs');
const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
writeFileSync('dist/assets/page.html', pageDocument(calculator.outputFiles[0].text, version));

/** The entries of the library, and where their sources are. */
const LIBRARY = { index: 'index', 'queueing/index': 'math/queues/index' };
const library = await build({
  bundle: true,
  metafile: true,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  splitting: true,
  // What is not a dependency at run time is bundled.
  external: ['yargs', 'chalk', 'cli-table3', 'mathjs'],
  entryPoints: Object.fromEntries(Object.entries(LIBRARY).map(([name, file]) => [name, `src/${file}.ts`])),
  outdir: 'dist',
  logLevel: 'warning',
});
metafiles.push(library.metafile);
writeTypes(LIBRARY, 'tools/build/tsconfig.types.json', 'dist');

/** The man page, and the schemas of what wcalc reads and prints. */
execFileSync(process.execPath, ['tools/docs/reference.mjs', '--built'], { stdio: 'inherit' });
for (const command of ['plan', 'fleet'])
  copyFileSync(
    `src/commands/${command}/formats/${command}-1.schema.json`,
    `dist/schema/${command}-1.schema.json`,
  );

writeFileSync('dist/THIRD-PARTY-NOTICES.txt', thirdPartyNotices(bundledFolders(metafiles).map(packageIn)));

/** Runs that leave V8's compiled code beside the program, for this Node: the executable holds it. */
const MACHINE = '--cores 4 --mem 1024 --per-worker 256';
for (const question of [MACHINE, `${MACHINE} --json`, 'check fixtures/check/projects/blog'])
  spawnSync(process.execPath, ['bin/wcalc.cjs', ...question.split(' ')], { stdio: 'ignore' });

/** Start-up guard: what only some runs need must not be in the file that every run reads. */
const misplaced = hot.find((file) => /node_modules\/(mathjs|yaml|@lezer)\//.test(file));
if (misplaced) throw new Error(`dist/wcalc.cjs holds ${misplaced}: import it with import() only`);
