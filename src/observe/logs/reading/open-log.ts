import type { Host } from '../../../host/host.js';
import { unpacked } from './unpack.js';

/** A log as pieces of text. */
export interface OpenLog {
  readonly name: string;
  /** Every byte as one character (Latin-1): the fields that count are ASCII, and nothing is faster to read. */
  readonly pieces: AsyncIterable<string>;
  /** Whether the text is what stands in the file, as far as the first piece of it tells. */
  isPlain(): boolean;
  /** What went wrong while reading, in a sentence; what came before is still good. */
  damage(): string | null;
}

/** Bytes read so far, before unpacking. */
export type OnBytes = (bytes: number) => void;

/** Opens a file, or stdin for `-`; gzip, zstd and bzip2 are unpacked. */
export function openLog(host: Host, name: string, onBytes: OnBytes): OpenLog {
  let damage: string | null = null;
  let isPlain = true;
  const isChanged = () => {
    isPlain = false;
  };
  const raw = name === '-' ? host.stdin : host.files.stream(name);
  const plain = unpacked(counted(raw, onBytes), {
    onPacked: isChanged,
    onDamage: (reason) => {
      damage = reason;
    },
  });
  return {
    name: name === '-' ? 'stdin' : name,
    isPlain: () => isPlain,
    damage: () => damage,
    pieces: texts(plain, isChanged),
  };
}

/** The text of bytes that are neither packed nor marked. */
export async function* plainTexts(
  pieces: AsyncIterable<Uint8Array>,
  onBytes: OnBytes,
): AsyncGenerator<string> {
  for await (const piece of counted(pieces, onBytes)) yield asBuffer(piece).toString('latin1');
}

async function* counted(pieces: AsyncIterable<Uint8Array>, onBytes: OnBytes): AsyncGenerator<Uint8Array> {
  for await (const piece of pieces) {
    onBytes(piece.length);
    yield piece;
  }
}

/** Without a byte-order mark; UTF-16, as PowerShell writes it, becomes bytes of UTF-8. */
async function* texts(pieces: AsyncIterable<Uint8Array>, onMarked: () => void): AsyncGenerator<string> {
  let wide: InstanceType<typeof TextDecoder> | null = null;
  let begun = false;
  for await (const piece of pieces) {
    if (!begun && piece[0] === 0xff && piece[1] === 0xfe) wide = new TextDecoder('utf-16le');
    const bytes = wide ? Buffer.from(wide.decode(piece, { stream: true })) : asBuffer(piece);
    const marked = !begun && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
    if (wide || marked) onMarked();
    begun = true;
    yield bytes.toString('latin1', marked ? 3 : 0);
  }
}

const asBuffer = (piece: Uint8Array): Buffer =>
  Buffer.from(piece.buffer as ArrayBuffer, piece.byteOffset, piece.byteLength);
