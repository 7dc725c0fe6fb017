// Makes a Python wheel around the executable of tools/build/binary.mjs.
// usage: node tools/build/wheel.mjs [FOLDER]     where that one wrote to, which is also where the wheel goes
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeWheel } from './wheel/wheel.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = resolve(process.argv[2] ?? join(root, 'release'));
const executable = ['wcalc', 'wcalc.exe'].map((name) => join(folder, name)).find(existsSync);
if (!executable) throw new Error(`${folder}: there is no executable; npm run binary makes it`);
const licences = Object.fromEntries(
  ['LICENSE', 'THIRD-PARTY-NOTICES.txt'].map((name) => [name, readFileSync(join(folder, name), 'utf8')]),
);
const about = {
  package: JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')),
  readme: readFileSync(join(root, 'README.md'), 'utf8'),
  licences,
};
console.log(await writeWheel(executable, about, folder));
