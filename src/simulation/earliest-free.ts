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
  private readonly free: Float64Array;

  constructor(servers: number) {
    this.free = new Float64Array(servers);
  }

  get next(): number {
    return this.free[0]!;
  }

  occupy(until: number): void {
    const { free } = this;
    const size = free.length;
    let hole = 0;
    for (;;) {
      let child = 2 * hole + 1;
      if (child >= size) break;
      if (child + 1 < size && free[child + 1]! < free[child]!) child++;
      if (free[child]! >= until) break;
      free[hole] = free[child]!;
      hole = child;
    }
    free[hole] = until;
  }
}
