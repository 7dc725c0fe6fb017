import { createGunzip } from 'node:zlib';
import { SourceError } from '../../errors.js';
import type { Host } from '../../host.js';

/** A log as a stream of plain bytes. */
export interface OpenLog {
  readonly name: string;
  readonly pieces: AsyncIterable<Uint8Array>;
  /** What went wrong while reading, in a sentence; what came before is still good. */
  damage(): string | null;
}

/** Bytes read so far, before unpacking. */
export type OnBytes = (bytes: number) => void;

/** Opens a file, or stdin for `-`; gzip is recognised by its first bytes, whatever the name. */
export function openLog(host: Host, name: string, onBytes: OnBytes): OpenLog {
  let damage: string | null = null;
  const raw = name === '-' ? host.stdin : host.files.stream(name);
  return {
    name: name === '-' ? 'stdin' : name,
    damage: () => damage,
    pieces: unpacked(counted(raw, onBytes), (reason) => {
      damage = reason;
    }),
  };
}

async function* counted(pieces: AsyncIterable<Uint8Array>, onBytes: OnBytes): AsyncGenerator<Uint8Array> {
  for await (const piece of pieces) {
    onBytes(piece.length);
    yield piece;
  }
}

async function* unpacked(
  pieces: AsyncIterable<Uint8Array>,
  onDamage: (reason: string) => void,
): AsyncGenerator<Uint8Array> {
  const iterator = pieces[Symbol.asyncIterator]();
  const first = await iterator.next();
  if (first.done) return;
  const rest = { [Symbol.asyncIterator]: () => iterator };
  const isGzip = first.value[0] === 0x1f && first.value[1] === 0x8b;
  if (!isGzip) {
    yield withoutMark(first.value);
    yield* rest;
    return;
  }
  const gunzip = createGunzip({ chunkSize: 1 << 18 });
  const feeding = feed(gunzip, first.value, rest);
  feeding.catch((error: Error) => gunzip.destroy(error));
  try {
    let begun = false;
    for await (const piece of gunzip) {
      yield begun ? (piece as Uint8Array) : withoutMark(piece as Uint8Array);
      begun = true;
    }
  } catch (error) {
    if (error instanceof SourceError) throw error;
    const cut = (error as NodeJS.ErrnoException).code === 'Z_BUF_ERROR';
    onDamage(cut ? 'the gzip file is cut off' : 'the gzip file is damaged');
  }
}

async function feed(
  gunzip: ReturnType<typeof createGunzip>,
  first: Uint8Array,
  rest: AsyncIterable<Uint8Array>,
): Promise<void> {
  const write = async (piece: Uint8Array) => {
    if (gunzip.destroyed || gunzip.write(piece)) return;
    await new Promise<void>((resolve) => {
      gunzip.once('drain', resolve);
      gunzip.once('close', resolve);
    });
  };
  await write(first);
  for await (const piece of rest) {
    if (gunzip.destroyed) return;
    await write(piece);
  }
  gunzip.end();
}

/** Without a byte-order mark. */
const withoutMark = (piece: Uint8Array): Uint8Array =>
  piece[0] === 0xef && piece[1] === 0xbb && piece[2] === 0xbf ? piece.subarray(3) : piece;
