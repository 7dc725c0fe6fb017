// Makes one executable file of Node and everything in dist, by Node's single-executable applications.
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inject } from 'postject';

/** What Node looks for in itself to see whether it holds a program; the same in every version. */
const FUSE = 'NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2';
const PROGRAM = /^(wcalc\.cjs|chunks\/.*\.cjs|assets\/.*)$/;
/** Compiled code of a file for this Node, by the command that left it. */
const CACHE = new RegExp(
  `^(.*\\.cjs)\\.[0-9a-f]+\\.${process.versions.v8.replaceAll('.', '\\.')}\\.([\\w-]+)\\.cache$`,
);

/**
 * Writes the executable for the platform of the Node that runs this.
 *
 * @param dist folder of the built program, with the compiled code of this Node
 * @param target file to write
 */
export async function writeExecutable(dist, target) {
  const assets = programFiles(dist);
  if (!('wcalc.cjs.cache' in assets))
    throw new Error(`${dist}: there is no compiled code of this Node; run npm run build with it first`);
  const place = mkdtempSync(join(tmpdir(), 'wcalc-binary-'));
  try {
    const config = join(place, 'config.json');
    const blob = join(place, 'program.blob');
    writeFileSync(
      config,
      JSON.stringify({
        main: fileURLToPath(new URL('main.cjs', import.meta.url)),
        output: blob,
        disableExperimentalSEAWarning: true,
        assets,
      }),
    );
    execFileSync(process.execPath, ['--experimental-sea-config', config], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const made = join(place, 'wcalc');
    copyFileSync(process.execPath, made);
    chmodSync(made, 0o755);
    // A changed executable needs a signature of its own before macOS runs it; "-" signs for any machine.
    if (process.platform === 'darwin') execFileSync('codesign', ['--remove-signature', made]);
    await quietly(() =>
      inject(made, 'NODE_SEA_BLOB', readFileSync(blob), { sentinelFuse: FUSE, machoSegmentName: 'NODE_SEA' }),
    );
    if (process.platform === 'darwin') execFileSync('codesign', ['--sign', '-', made]);
    mkdirSync(dirname(target), { recursive: true });
    // A running executable cannot be written to, but it can be replaced.
    rmSync(target, { force: true });
    copyFileSync(made, target);
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

/** The files of the program under dist, by the names that it asks for. */
function programFiles(dist) {
  const files = readdirSync(dist, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  const named = files.map((file) => [relative(dist, file).split(sep).join('/'), file]);
  const caches = named.flatMap(([name, file]) => {
    const [, of, command] = CACHE.exec(name) ?? [];
    return of === undefined ? [] : [{ of: `${of}.cache`, command, file }];
  });
  // Of several the plan's, which most runs are.
  const ranked = caches.toSorted((a, b) => Number(a.command === 'plan') - Number(b.command === 'plan'));
  return Object.fromEntries(
    [...named.filter(([name]) => PROGRAM.test(name)), ...ranked.map(({ of, file }) => [of, file])].sort(
      ([a], [b]) => (a < b ? -1 : a > b ? 1 : 0),
    ),
  );
}

/** The injector warns of sections without a name, which Node's own executable has. */
async function quietly(act) {
  const { warn, error } = console;
  console.warn = console.error = () => {};
  try {
    await act();
  } finally {
    Object.assign(console, { warn, error });
  }
}
