// Makes a Python wheel around the executable (PyPA's binary distribution format, version 1.0).
import { createHash } from 'node:crypto';
import { createWriteStream, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';
import { platformTag } from './platform-tag.mjs';
import { pythonVersion } from './python-version.mjs';

/** A ZIP holds local times. With one that is always the same, the same files make the same bytes on any day, anywhere. */
const noTime = () => new Date(2000, 0, 1);
const PLAIN_FILE = 0o100644;
const PROGRAM = 0o100755;

/**
 * Writes the wheel, which puts the executable on the path as `wcalc`, and a second name for it as `worker-calc`.
 *
 * @param executable path of the executable
 * @param about `package` (package.json), `readme`, and `licences` (file name → text)
 * @param folder to write to
 * @returns path of the wheel
 */
export async function writeWheel(executable, about, folder) {
  const program = readFileSync(executable);
  const tag = `py3-none-${platformTag(program)}`;
  const version = pythonVersion(about.package.version);
  const wheel = `wcalc-${version}`;
  const info = `${wheel}.dist-info`;
  const name = tag.includes('-win') ? 'wcalc.exe' : 'wcalc';
  const files = [
    { path: 'wcalc/__init__.py', content: read('package/__init__.py') },
    { path: 'wcalc/__main__.py', content: read('package/__main__.py') },
    { path: `${wheel}.data/scripts/${name}`, content: program, mode: PROGRAM },
    { path: `${info}/METADATA`, content: metadata(about, version) },
    { path: `${info}/WHEEL`, content: wheelFile(tag) },
    { path: `${info}/entry_points.txt`, content: '[console_scripts]\nworker-calc = wcalc.__main__:main\n' },
    ...Object.entries(about.licences).map(([file, content]) => ({
      path: `${info}/licenses/${file}`,
      content,
    })),
  ].map((file) => ({ ...file, content: Buffer.from(file.content) }));
  const record = `${info}/RECORD`;
  const lines = [...files.map(recorded), `${record},,`];
  files.push({ path: record, content: Buffer.from(`${lines.join('\n')}\n`) });

  const path = join(folder, `${wheel}-${tag}.whl`);
  await writeZip(files, path);
  return path;
}

const read = (file) => readFileSync(new URL(file, import.meta.url), 'utf8');

function metadata({ package: { description, keywords, license }, readme, licences }, version) {
  const fields = [
    ['Metadata-Version', '2.4'],
    ['Name', 'wcalc'],
    ['Version', version],
    ['Summary', description],
    ['Keywords', keywords.join(',')],
    ['License-Expression', license],
    ...Object.keys(licences).map((file) => ['License-File', file]),
    ['Requires-Python', '>=3.7'],
    ['Description-Content-Type', 'text/markdown'],
  ];
  return `${fields.map(([name, value]) => `${name}: ${value}`).join('\n')}\n\n${readme}`;
}

const wheelFile = (tag) => `Wheel-Version: 1.0\nGenerator: wcalc\nRoot-Is-Purelib: false\nTag: ${tag}\n`;

/** A line of RECORD: path, hash and size. */
function recorded({ path, content }) {
  const hash = createHash('sha256').update(content).digest('base64url');
  return `${path},sha256=${hash},${content.length}`;
}

async function writeZip(files, path) {
  const zip = new ZipFile();
  for (const { path: name, content, mode = PLAIN_FILE } of files)
    zip.addBuffer(content, name, { mtime: noTime(), mode, forceDosTimestamp: true });
  zip.end();
  await pipeline(zip.outputStream, createWriteStream(path));
}
