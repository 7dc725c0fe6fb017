import type { Facility, LockLosses } from './discipline.js';

/**
 * CPU that the server adds to a request, ms: to take the connection in a turn of its own, to answer, and to close the
 * connection in a turn of its own; the rest to read it.
 */
export interface ServerWork {
  readonly overheadMs: number;
  readonly acceptMs: number;
  readonly answerMs: number;
  readonly closeMs: number;
  readonly lockLosses: LockLosses;
}

/**
 * The server's own CPU, in equal parts: to take a connection, where that is a turn of its own (a loop's, or the main
 * thread's before a pool's), to read and prepare, to answer and log, and to close, which a main thread does as well.
 */
const PART = 0.25;
const NO_LOSSES: LockLosses = { reading: 0, closing: 0 };

/** What of the server's own CPU comes when. */
export function serverWork({ front }: Pick<Facility, 'front'>, overheadMs: number): ServerWork {
  const part = PART * overheadMs;
  if (front.by === 'main-thread' && overheadMs > 0)
    return { overheadMs, acceptMs: part, answerMs: part, closeMs: part, lockLosses: front.lockLosses };
  const acceptMs = front.by === 'turn' ? part : 0;
  return { overheadMs, acceptMs, answerMs: 2 * part, closeMs: 0, lockLosses: NO_LOSSES };
}
