import { UsageError } from '../host/errors.js';
import type { Values } from '../input/options.js';
import { timeOrShare } from '../input/types.js';
import type { Database } from '../model/connections/database.js';
import { milliseconds } from '../text/sentences.js';
import type { Assumptions } from './assume.js';

/**
 * The pools of database connections that requests queue for, from --db-pool and --db-time; undefined where no pool was given, or
 * requests hold no connection. Throws a {@link UsageError} where a request would hold one for longer than it waits.
 */
export function resolveDatabase(
  { dbPool, dbTime }: Values,
  ioMs: number,
  assumptions: Assumptions,
): Database | undefined {
  if (dbPool === undefined || dbPool === 0) {
    if (dbTime === undefined) return undefined;
    throw new UsageError(
      `--db-time: needs ${dbPool === 0 ? 'a --db-pool of 1 connection or more' : '--db-pool'}, the connections of each worker's pool; without one every request finds a connection`,
    );
  }
  if (dbTime === undefined) {
    if (ioMs === 0) return undefined;
    assumptions.add({
      input: 'dbTimeMs',
      value: ioMs,
      flag: '--db-time',
      why: 'a request is taken to hold a connection whenever it waits, which is the worst case',
    });
    return { connections: dbPool, share: 1 };
  }
  const share = dbTime.kind === 'share' ? dbTime.share : dbTime.timeMs / ioMs;
  if (dbTime.kind === 'time' && !(dbTime.timeMs <= ioMs * (1 + 1e-9)))
    throw new UsageError(
      `--db-time: ${timeOrShare.format(dbTime)} is more than the ${milliseconds(ioMs)} that a request waits in all; accepted: at most that, or a share of it such as 40%`,
    );
  return share > 0 && ioMs > 0 ? { connections: dbPool, share: Math.min(1, share) } : undefined;
}
