import type { Database } from '../../model/connections/database.js';
import type { Policy } from './policy.js';
import { Lines, type RequestPool } from './request-pool.js';

/** The database connections of each process, and the requests that wait for one, first come first served. */
export class Connections {
  private readonly pool: RequestPool;
  private readonly clock: Float64Array;
  private readonly free: Int32Array;
  private readonly wanting: Lines;

  constructor({ processes }: Policy, { connections }: Database, pool: RequestPool, clock: Float64Array) {
    this.pool = pool;
    this.clock = clock;
    this.free = new Int32Array(processes).fill(connections);
    this.wanting = new Lines(pool, processes);
  }

  /** Whether the request has a connection at once; else it stands in line. */
  ask(request: number, process: number): boolean {
    if (this.free[process]! > 0) {
      this.free[process]!--;
      return true;
    }
    this.pool.askedAt[request] = this.clock[0]!;
    this.wanting.append(process, request);
    return false;
  }

  /** A connection comes back: the request that has it next, or −1. */
  release(process: number): number {
    const next = this.wanting.shift(process);
    if (next < 0) this.free[process]!++;
    else this.pool.connectionMs[next]! += this.clock[0]! - this.pool.askedAt[next]!;
    return next;
  }
}
