// Makes one executable file of Node and everything in dist, by Node's single-executable applications.
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
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
/** What follows the name of a file in that of its code cache for this Node; inside there is no other. */
const CACHE = `.${process.versions.v8}.cache`;

/**
 * Writes the executable for the platform of the Node that runs this.
 *
 * @param dist folder of the built program, with the code cache of this Node
 * @param target file to write
 */
export async function writeExecutable(dist, target) {
  const cache = join(dist, `wcalc.cjs${CACHE}`);
  if (!existsSync(cache))
    throw new Error(`${cache}: there is no code cache of this Node; run npm run build with it first`);
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
        assets: programFiles(dist),
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
  const caches = named.filter(([name]) => name.endsWith(CACHE));
  return Object.fromEntries(
    [
      ...named.filter(([name]) => PROGRAM.test(name)),
      ...caches.map(([name, file]) => [`${name.slice(0, -CACHE.length)}.cache`, file]),
    ].sort(),
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
