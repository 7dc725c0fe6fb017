import type { RequestSource } from './arrivals.js';
import type { Policy } from './policy.js';
import type { RequestPool } from './request-pool.js';

/** The course that requests take through a server: in which parts their CPU and their waits come. */
export class Course {
  private readonly policy: Policy;
  private readonly pool: RequestPool;
  private readonly ioCalls: number;

  constructor(policy: Policy, pool: RequestPool, ioCalls: number) {
    this.policy = policy;
    this.pool = pool;
    this.ioCalls = ioCalls;
  }

  /** Writes down the parts of the request that the source holds. */
  set(request: number, source: RequestSource): void {
    const { pool, policy } = this;
    const waits = source.ioMs > 0 ? this.ioCalls : 0;
    const before = policy.overheadMs - policy.acceptMs - policy.answerMs - policy.closeMs;
    const parts = policy.computesFirst ? Math.max(1, waits) : waits + 1;
    const part = source.cpuMs / parts;
    pool.cpuFirst[request] = part + (waits > 0 ? before : before + policy.answerMs);
    pool.cpuPart[request] = part;
    pool.cpuLast[request] = policy.answerMs + (policy.computesFirst ? 0 : part);
    pool.ioPart[request] = waits > 0 ? source.ioMs / waits : 0;
    pool.waitsLeft[request] = waits;
  }

  /** All the CPU that a request takes which has not waited yet, the server's own included. */
  cpuOf(request: number): number {
    const { pool, policy } = this;
    const waits = pool.waitsLeft[request]!;
    const first = policy.acceptMs + policy.closeMs + pool.cpuFirst[request]!;
    return waits === 0 ? first : first + (waits - 1) * pool.cpuPart[request]! + pool.cpuLast[request]!;
  }
}
