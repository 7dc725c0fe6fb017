import { SourceError } from '../../../src/host/errors.js';
import type { FileAccess } from '../../../src/host/host.js';

/** Files in memory from the text of a `.tree` fixture; folders exist where something is in them. */
export function treeFiles(text: string): FileAccess {
  const files = new Map<string, string>();
  const links = new Map<string, string>();
  const locked = new Set<string>();
  for (const part of text.split(/^==> /m).slice(1)) {
    const cut = part.indexOf('\n');
    const head = /^(.*?)(?: (\(unreadable\))| +-> (.*))?$/s.exec(part.slice(0, cut))!;
    if (head[2]) locked.add(head[1]!);
    else if (head[3]) links.set(head[1]!, head[3]);
    else
      files.set(
        head[1]!,
        part
          .slice(cut + 1)
          .replaceAll('\\0\n', '\0')
          .replaceAll('\\0', '\0'),
      );
  }
  const all = () => [...files.keys(), ...links.keys(), ...locked];
  const readText = (path: string): string => {
    const found = files.get(path);
    if (found === undefined) throw new SourceError(`${path}: cannot read`);
    return found;
  };
  return {
    readText,
    readBytes: (path) => new TextEncoder().encode(readText(path)),
    async *stream() {},
    status(path) {
      if (files.has(path)) return { kind: 'file', bytes: 0 };
      const folder = path.endsWith('/') ? path : `${path}/`;
      return locked.has(path) || all().some((one) => one.startsWith(folder))
        ? { kind: 'directory', bytes: 0 }
        : null;
    },
    list(path) {
      const inside = all().filter((one) => one.startsWith(`${path}/`));
      return [...new Set(inside.map((one) => one.slice(path.length + 1).split('/')[0]!))].sort();
    },
    readLink: (path) => links.get(path) ?? null,
    realPath: (path) => path,
    writeText: () => undefined,
  };
}
