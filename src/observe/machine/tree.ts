import { SourceError } from '../../host/errors.js';
import type { FileAccess } from '../../host/host.js';

/** The kernel's files under a root, where anything may be missing or forbidden. */
export interface Tree {
  /** Text of a file, or null where it is missing or may not be read. */
  read(path: string): string | null;
  list(path: string): readonly string[];
  exists(path: string): boolean;
  link(path: string): string | null;
}

const MOST_BYTES = 16 * 1024 * 1024;

/** `/proc` and `/sys` as seen under `root` (`/` on a machine itself). */
export function treeAt(files: FileAccess, root: string): Tree {
  const base = root.replace(/\/+$/, '');
  const at = (path: string) => `${base}${path}`;
  const guarded = <T>(otherwise: T, act: () => T): T => {
    try {
      return act();
    } catch (error) {
      if (error instanceof SourceError) return otherwise;
      throw error;
    }
  };
  return {
    read: (path) => guarded<string | null>(null, () => files.readText(at(path), MOST_BYTES)),
    list: (path) => guarded<readonly string[]>([], () => files.list(at(path))),
    exists: (path) => files.status(at(path)) !== null,
    link: (path) => files.readLink(at(path)),
  };
}
