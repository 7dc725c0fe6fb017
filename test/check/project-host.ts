import { join, resolve } from 'node:path';
import { SourceError } from '../../src/host/errors.js';
import type { FileAccess } from '../../src/host/host.js';
import { nodeHost } from '../../src/host/node-host.js';
import { type MadeUp, madeUpHost } from '../made-up-host.js';

/** A host that stands in a directory of the real file system. */
export function hostIn(directory: string, argv: readonly string[], env: Record<string, string> = {}): MadeUp {
  const root = resolve(directory);
  const real = nodeHost().files;
  const at = (path: string) => resolve(root, path);
  const named = <T>(act: () => T): T => {
    try {
      return act();
    } catch (error) {
      throw error instanceof SourceError ? new SourceError(error.message.replaceAll(`${root}/`, '')) : error;
    }
  };
  const files: FileAccess = {
    readText: (path, most) => named(() => real.readText(at(path), most)),
    readBytes: (path, most) => named(() => real.readBytes(at(path), most)),
    stream: (path) => real.stream(at(path)),
    status: (path) => real.status(at(path)),
    list: (path) => named(() => real.list(at(path))),
    readLink: (path) => real.readLink(at(path)),
    realPath: (path) => real.realPath(at(path)),
    writeText: (path, text) => named(() => real.writeText(at(path), text)),
  };
  const made = madeUpHost(argv, { env });
  return { ...made, host: { ...made.host, cwd: root, files } };
}

export const fixture = (...parts: readonly string[]): string =>
  join(import.meta.dirname, '../../fixtures/check', ...parts);
