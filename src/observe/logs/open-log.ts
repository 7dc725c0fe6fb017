import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { SourceError } from '../../host/errors.js';
import type { Host } from '../../host/host.js';

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
  const source = Readable.from(putBack(first.value, rest), { highWaterMark: 1 });
  // What goes wrong ends the unpacked stream too, and is dealt with there.
  pipeline(source, gunzip, () => undefined);
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

async function* putBack(first: Uint8Array, rest: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield first;
  yield* rest;
}

/** Without a byte-order mark. */
const withoutMark = (piece: Uint8Array): Uint8Array =>
  piece[0] === 0xef && piece[1] === 0xbb && piece[2] === 0xbf ? piece.subarray(3) : piece;
