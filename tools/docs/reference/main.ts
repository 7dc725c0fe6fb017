import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { COMMANDS } from '../../../src/commands/index.js';
import { VERSION } from '../../../src/host/version.js';
import { configSchema } from './config-schema.js';
import { manPage } from './man.js';
import { referencePage } from './markdown.js';

type Texts = Readonly<Record<string, () => string>>;

/** What the build makes from the option table, by file. */
export const BUILT: Texts = {
  'dist/man/wcalc.1': () => manPage(COMMANDS, VERSION),
  'dist/schema/config-1.schema.json': configSchema,
};

/** What is made from it to be read in the repository. */
export const READ: Texts = { 'docs/reference.md': () => referencePage(COMMANDS) };

/** Called by tools/docs/reference.mjs once this file is built. @public */
export const writeBuilt = (): void => write(BUILT);

/** Called by tools/docs/reference.mjs once this file is built. @public */
export const writeRead = (): void => write(READ);

function write(texts: Texts): void {
  for (const [file, make] of Object.entries(texts)) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, make());
  }
}
