import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const FIRST_WORDS = 'Node.js is licensed for use as follows';

/**
 * The licence text of this Node and of all that is in it, which comes beside Node wherever it is installed from its own
 * archives, and in Debian's folder of documentation otherwise.
 */
export function nodeLicence() {
  const folder = dirname(process.execPath);
  const places = [
    join(folder, 'LICENSE'),
    join(folder, '..', 'LICENSE'),
    join(folder, '../share/doc/nodejs/LICENSE'),
    join(folder, '../share/doc/node/LICENSE'),
  ];
  for (const place of places) {
    const text = existsSync(place) ? readFileSync(place, 'utf8') : '';
    if (text.startsWith(FIRST_WORDS)) return text;
  }
  throw new Error(`the licence of ${process.execPath} is in none of ${places.join(', ')}`);
}
