import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { SourceError } from '../../../host/errors.js';

/** A way to pack files, recognised by its first bytes, whatever the file's name. */
interface Packing {
  readonly name: string;
  readonly begins: readonly number[];
  unpack(pieces: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array>;
}

/** What is unpacked is larger than what is packed, so that packed bytes are taken in small pieces. */
const PIECE_BYTES = 1 << 16;

const PACKINGS: readonly Packing[] = [
  { name: 'gzip', begins: [0x1f, 0x8b], unpack: gunzipped },
  { name: 'zstd', begins: [0x28, 0xb5, 0x2f, 0xfd], unpack: fromZstd },
  { name: 'bzip2', begins: [0x42, 0x5a, 0x68], unpack: fromBzip2 },
];

interface UnpackListeners {
  /** The file is packed. */
  onPacked(): void;
  /** Something is wrong with what is packed, which ends there. */
  onDamage(reason: string): void;
}

/** Plain bytes of a file that may be packed. */
export async function* unpacked(
  pieces: AsyncIterable<Uint8Array>,
  { onPacked, onDamage }: UnpackListeners,
): AsyncGenerator<Uint8Array> {
  const iterator = pieces[Symbol.asyncIterator]();
  const first = await iterator.next();
  if (first.done) return;
  const rest = { [Symbol.asyncIterator]: () => iterator };
  const packing = PACKINGS.find(({ begins }) => begins.every((byte, n) => first.value[n] === byte));
  if (!packing) {
    yield first.value;
    yield* rest;
    return;
  }
  onPacked();
  try {
    yield* packing.unpack(putBack(first.value, rest));
  } catch (error) {
    if (error instanceof SourceError) throw error;
    const { code, message } = error as NodeJS.ErrnoException;
    const cut = code === 'Z_BUF_ERROR' || /prematurely|unexpected eof|unexpected end/i.test(message);
    onDamage(`the ${packing.name} file is ${cut ? 'cut off' : 'damaged'}`);
  }
}

async function* putBack(first: Uint8Array, rest: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield first;
  yield* rest;
}

async function* gunzipped(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const gunzip = createGunzip({ chunkSize: 1 << 18 });
  // What goes wrong ends the unpacked stream too, and is dealt with there.
  pipeline(Readable.from(pieces, { highWaterMark: 1 }), gunzip, () => undefined);
  yield* gunzip;
}

async function* fromZstd(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const { Decompress } = await import('fzstd');
  const ready: Uint8Array[] = [];
  const stream = new Decompress((piece) => void ready.push(piece));
  for await (const piece of small(pieces)) {
    stream.push(piece);
    yield* ready.splice(0);
  }
  stream.push(new Uint8Array(0), true);
  yield* ready;
}

async function* fromBzip2(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const { default: unbzip2 } = await import('unbzip2-stream');
  const ready: Uint8Array[] = [];
  let failure: Error | null = null;
  const stream = unbzip2();
  stream.on('data', (piece: Uint8Array) => void ready.push(piece));
  stream.on('error', (error: Error) => {
    failure = error;
  });
  for await (const piece of small(pieces)) {
    stream.write(piece);
    yield* ready.splice(0);
    if (failure) throw failure;
  }
  stream.end();
  yield* ready;
  if (failure) throw failure;
}

async function* small(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const piece of pieces)
    for (let at = 0; at < piece.length; at += PIECE_BYTES) yield piece.subarray(at, at + PIECE_BYTES);
}
