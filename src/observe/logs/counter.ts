import type { ChunkReport } from './chunk-reader.js';
import { chunkReader } from './chunk-reader.js';
import type { LogFormat } from './log-format.js';
import { addTally, emptyTally, type Tally, type TallyMessage, tallyMessage } from './tally.js';

/** Bytes of a chunk; a longer line is broken. */
export const CHUNK_BYTES = 1 << 20;

/** Counts chunks of whole lines, here or in threads. */
export interface LineCounter {
  /** A buffer of CHUNK_BYTES to fill, as soon as one is free. */
  buffer(): Promise<Uint8Array>;
  /** Counts the lines in the first `length` bytes of a buffer and frees it. */
  count(buffer: Uint8Array, length: number): Promise<ChunkReport>;
  /** Everything counted. */
  finish(): Promise<Tally>;
  /** Ends the threads. */
  stop(): void;
}

/** A thread that counts: messages to it, and its answers in the same order. */
export interface CountingThread {
  send(message: ToThread): void;
  onMessage(listener: (message: FromThread) => void): void;
  onError(listener: (error: Error) => void): void;
  stop(): void;
}

export type ToThread =
  | { readonly kind: 'format'; readonly format: LogFormat; readonly memory: SharedArrayBuffer }
  | { readonly kind: 'chunk'; readonly slot: number; readonly length: number }
  | { readonly kind: 'finish' };

export type FromThread =
  | { readonly kind: 'chunk'; readonly report: ChunkReport }
  | { readonly kind: 'tally'; readonly tally: TallyMessage };

/** Counts in this thread: right for small logs. */
export function counterHere(format: LogFormat): LineCounter {
  const reader = chunkReader(format);
  const buffer = new Uint8Array(CHUNK_BYTES);
  return {
    buffer: async () => buffer,
    count: async (bytes, length) => reader.read(bytes, 0, length),
    finish: async () => reader.tally,
    stop: () => undefined,
  };
}

const SLOTS_PER_THREAD = 3;

/** Counts in several threads, which read the chunks from shared memory, so that nothing is copied between them. */
export function counterInThreads(format: LogFormat, threads: readonly CountingThread[]): LineCounter {
  const slots = threads.length * SLOTS_PER_THREAD;
  const memory = new SharedArrayBuffer(slots * CHUNK_BYTES);
  const buffers: Uint8Array[] = Array.from(
    { length: slots },
    (_, n) => new Uint8Array(memory, n * CHUNK_BYTES, CHUNK_BYTES),
  );
  const free = [...buffers];
  const waiting: ((buffer: Uint8Array) => void)[] = [];
  const crew = threads.map((thread) => crewMember(thread, format, memory));
  const release = (buffer: Uint8Array) => {
    const next = waiting.shift();
    if (next) next(buffer);
    else free.push(buffer);
  };
  return {
    buffer: () => {
      const buffer = free.pop();
      return buffer ? Promise.resolve(buffer) : new Promise((resolve) => waiting.push(resolve));
    },
    async count(buffer, length) {
      const idlest = crew.reduce((best, next) => (next.pending() < best.pending() ? next : best));
      try {
        return await idlest.count(buffers.indexOf(buffer), length);
      } finally {
        release(buffer);
      }
    },
    async finish() {
      const total = emptyTally();
      for (const tally of await Promise.all(crew.map((member) => member.finish()))) addTally(total, tally);
      return total;
    },
    stop: () => {
      for (const thread of threads) thread.stop();
    },
  };
}

interface CrewMember {
  pending(): number;
  count(slot: number, length: number): Promise<ChunkReport>;
  finish(): Promise<TallyMessage>;
}

function crewMember(thread: CountingThread, format: LogFormat, memory: SharedArrayBuffer): CrewMember {
  const waiting: { resolve(message: FromThread): void; reject(error: Error): void }[] = [];
  let failure: Error | null = null;
  thread.onMessage((message) => waiting.shift()?.resolve(message));
  thread.onError((error) => {
    failure = error;
    for (const one of waiting.splice(0)) one.reject(error);
  });
  thread.send({ kind: 'format', format, memory });
  const ask = (message: ToThread) =>
    new Promise<FromThread>((resolve, reject) => {
      if (failure) return reject(failure);
      waiting.push({ resolve, reject });
      thread.send(message);
    });
  return {
    pending: () => waiting.length,
    async count(slot, length) {
      const answer = await ask({ kind: 'chunk', slot, length });
      if (answer.kind !== 'chunk') throw new Error('a counting thread answered out of order');
      return answer.report;
    },
    async finish() {
      const answer = await ask({ kind: 'finish' });
      if (answer.kind !== 'tally') throw new Error('a counting thread answered out of order');
      return answer.tally;
    },
  };
}

/** What a thread does with the messages sent to it. */
export function countMessages(send: (message: FromThread) => void): (message: ToThread) => void {
  let reader: ReturnType<typeof chunkReader> | null = null;
  let bytes: Uint8Array = new Uint8Array(0);
  return (message) => {
    if (message.kind === 'format') {
      reader = chunkReader(message.format);
      bytes = new Uint8Array(message.memory);
    } else if (message.kind === 'chunk') {
      const from = message.slot * CHUNK_BYTES;
      send({ kind: 'chunk', report: reader!.read(bytes, from, from + message.length) });
    } else send({ kind: 'tally', tally: tallyMessage(reader!.tally) });
  };
}
