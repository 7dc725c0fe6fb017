import { mkdirSync, writeFileSync } from 'node:fs';
import { COMMANDS } from '../../../src/commands/index.js';
import { VERSION } from '../../../src/host/version.js';
import { configSchema } from './config-schema.js';
import { manPage } from './man.js';
import { referencePage } from './markdown.js';

/** What is made from the option table, by file. */
export const REFERENCE: Readonly<Record<string, () => string>> = {
  'docs/reference.md': () => referencePage(COMMANDS),
  'man/wcalc.1': () => manPage(COMMANDS, VERSION),
  'schema/config-1.schema.json': configSchema,
};

/** Called by tools/docs/reference.mjs once this file is built. @public */
export function writeReference(): void {
  for (const [file, make] of Object.entries(REFERENCE)) {
    mkdirSync(file.slice(0, file.lastIndexOf('/')), { recursive: true });
    writeFileSync(file, make());
  }
}
