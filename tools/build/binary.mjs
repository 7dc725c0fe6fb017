// Makes release/wcalc, one executable that needs no Node, for the platform and by the Node that run this.
// usage: node tools/build/binary.mjs [FOLDER]     after npm run build; beside it, the licences of what is in it
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeExecutable } from './binary/executable.mjs';
import { nodeLicence } from './binary/node-licence.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = resolve(process.argv[2] ?? join(root, 'release'));
const target = join(folder, process.platform === 'win32' ? 'wcalc.exe' : 'wcalc');
await writeExecutable(join(root, 'dist'), target);
copyFileSync(join(root, 'LICENSE'), join(folder, 'LICENSE'));
writeFileSync(
  join(folder, 'THIRD-PARTY-NOTICES.txt'),
  `${readFileSync(join(root, 'dist/THIRD-PARTY-NOTICES.txt'), 'utf8')}\n${'-'.repeat(80)}\n\nNode.js ${process.versions.node}\n\n${nodeLicence()}`,
);
console.log(target);
