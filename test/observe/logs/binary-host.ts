import { SourceError } from '../../../src/host/errors.js';
import type { Host } from '../../../src/host/host.js';
import { type MadeUp, madeUpHost } from '../../made-up-host.js';

/** A made-up host whose files are bytes, streamed in pieces of an odd size. */
export function binaryHost(
  argv: readonly string[],
  files: Readonly<Record<string, Uint8Array>>,
  stdin: readonly Uint8Array[] = [],
  pieceBytes = 65_521,
): MadeUp {
  const made = madeUpHost(argv, { stdin });
  const bytes = (path: string): Uint8Array => {
    const found = Object.hasOwn(files, path) ? files[path] : undefined;
    if (!found) throw new SourceError(`${path}: cannot read (there is no such file)`);
    return found;
  };
  const host: Host = {
    ...made.host,
    files: {
      ...made.host.files,
      readBytes: bytes,
      readText: (path) => new TextDecoder().decode(bytes(path)),
      async *stream(path, part) {
        const all = bytes(path).subarray(part?.from ?? 0, part?.to ?? undefined);
        for (let at = 0; at < all.length; at += pieceBytes) yield all.subarray(at, at + pieceBytes);
      },
      status: (path) => (Object.hasOwn(files, path) ? { kind: 'file', bytes: files[path]!.length } : null),
    },
  };
  return { ...made, host };
}
