import type { ServerWork } from '../../model/server-work.js';
import type { RequestSource } from './arrivals.js';
import type { Policy } from './policy.js';
import type { RequestPool } from './request-pool.js';

/** The course that requests take through a server: in which parts their CPU and their waits come. */
export class Course {
  private readonly work: ServerWork;
  /** The server's own CPU for what its loops hand to threads. */
  private readonly workWithPooled: ServerWork;
  /** Whether a request computes before each wait and only answers after the last. */
  private readonly computesFirst: boolean;
  private readonly pool: RequestPool;
  private readonly ioCalls: number;

  constructor(policy: Policy, pool: RequestPool, ioCalls: number) {
    this.work = policy;
    this.workWithPooled = policy.pool?.work ?? policy;
    this.computesFirst = policy.computesFirst;
    this.pool = pool;
    this.ioCalls = ioCalls;
  }

  /** Writes down the request that the source holds, which arrives now. */
  begin(source: RequestSource, nowMs: number, counted: boolean): number {
    const { pool } = this;
    const request = pool.take();
    pool.pooled[request] = source.isPooled ? 1 : 0;
    pool.arrivedAt[request] = nowMs;
    pool.connectionMs[request] = 0;
    pool.counted[request] = counted ? 1 : 0;
    this.setParts(request, source);
    return request;
  }

  private workOf(request: number): ServerWork {
    return this.pool.pooled[request] === 1 ? this.workWithPooled : this.work;
  }

  private setParts(request: number, source: RequestSource): void {
    const { pool, computesFirst } = this;
    const work = this.workOf(request);
    const waits = source.ioMs > 0 ? this.ioCalls : 0;
    const before = work.overheadMs - work.acceptMs - work.answerMs - work.closeMs;
    const parts = computesFirst ? Math.max(1, waits) : waits + 1;
    const part = source.cpuMs / parts;
    pool.cpuFirst[request] = part + (waits > 0 ? before : before + work.answerMs);
    pool.cpuPart[request] = part;
    pool.cpuLast[request] = work.answerMs + (computesFirst ? 0 : part);
    pool.ioPart[request] = waits > 0 ? source.ioMs / waits : 0;
    pool.waitsLeft[request] = waits;
  }

  /** All the CPU that a request takes which has not waited yet, the server's own included. */
  cpuOf(request: number): number {
    const { pool } = this;
    const work = this.workOf(request);
    const waits = pool.waitsLeft[request]!;
    const first = work.acceptMs + work.closeMs + pool.cpuFirst[request]!;
    return waits === 0 ? first : first + (waits - 1) * pool.cpuPart[request]! + pool.cpuLast[request]!;
  }
}
