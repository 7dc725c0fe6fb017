// Which packages' code is really in what esbuild wrote, and the licence texts that must travel with it.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The last `node_modules/NAME` of a path: a package may be nested in another. */
const PACKAGE = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//;
const LICENCE_FILE = /^(licen[cs]e|copying|notice|third-?party-?notices?)/i;

/**
 * The folders of the packages that some output holds code of; what is imported but removed as unused is not in them.
 *
 * @param metafiles of esbuild
 */
export function bundledFolders(metafiles) {
  const folders = new Set();
  for (const { outputs } of metafiles)
    for (const { inputs } of Object.values(outputs))
      for (const [file, { bytesInOutput }] of Object.entries(inputs)) {
        const folder = PACKAGE.exec(file)?.[1];
        if (folder && bytesInOutput > 0) folders.add(folder);
      }
  return [...folders].sort();
}

/** Name, version, licence and licence texts of the package in a folder. */
export function packageIn(folder) {
  const { name, version, license, licenses } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const texts = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && LICENCE_FILE.test(entry.name))
    .map((entry) => entry.name)
    .sort()
    .map((file) => readFileSync(join(folder, file), 'utf8').replace(/\r\n?/g, '\n').trim());
  const declared = license ?? licenses?.map(({ type }) => type).join(' OR ');
  return { name, version, licence: declared?.type ?? declared ?? '', texts };
}
