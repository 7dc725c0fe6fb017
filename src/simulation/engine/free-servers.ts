/**
 * When each of `servers` equal servers will be free, ms. `next` is the earliest; `occupy` moves that one on. A sorted
 * row for few servers, a heap for many: the two cross near a dozen.
 */
export interface EarliestFree {
  readonly next: number;
  occupy(until: number): void;
}

const ROW_LIMIT = 12;

export function earliestFree(servers: number): EarliestFree {
  if (servers === 1) return new OneServer();
  return servers <= ROW_LIMIT ? new ServerRow(servers) : new ServerHeap(servers);
}

class OneServer implements EarliestFree {
  next = 0;
  occupy(until: number): void {
    this.next = until;
  }
}

class ServerRow implements EarliestFree {
  private readonly free: Float64Array;

  constructor(servers: number) {
    this.free = new Float64Array(servers);
  }

  get next(): number {
    return this.free[0]!;
  }

  occupy(until: number): void {
    const { free } = this;
    const last = free.length - 1;
    let at = 0;
    while (at < last && free[at + 1]! < until) {
      free[at] = free[at + 1]!;
      at++;
    }
    free[at] = until;
  }
}

class ServerHeap implements EarliestFree {
  /** With one server more that is never free, so that every parent has two children. */
  private readonly free: Float64Array;
  private readonly servers: number;

  constructor(servers: number) {
    this.servers = servers;
    this.free = new Float64Array(servers + 1);
    this.free[servers] = Number.POSITIVE_INFINITY;
  }

  get next(): number {
    return this.free[0]!;
  }

  /** Picks the earlier of two children by arithmetic: a branch would be mispredicted half of the time. */
  occupy(until: number): void {
    const { free, servers } = this;
    let hole = 0;
    let child = 1;
    while (child < servers) {
      child += Number(free[child + 1]! < free[child]!);
      if (free[child]! >= until) break;
      free[hole] = free[child]!;
      hole = child;
      child = 2 * hole + 1;
    }
    free[hole] = until;
  }
}
