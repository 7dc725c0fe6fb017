// Prints, as a step's outputs, where the action's build is kept and a key that changes with all that it is made from.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const sources = ['bin', 'src', 'tools/build'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name)),
);
const hash = createHash('sha256');
for (const file of [
  ...sources.sort(),
  ...['package-lock.json', 'package.json'].map((name) => join(root, name)),
])
  hash.update(`${file.slice(root.length)}\0`).update(readFileSync(file));
// The build holds compiled code of this V8.
console.log(`key=wcalc-${process.platform}-${process.arch}-v8-${process.versions.v8}-${hash.digest('hex')}`);
console.log(`dist=${join(root, 'dist')}`);
