const NONE = -1;

/**
 * `taken`: to be read off its connection; `computing`: any of its parts; `holding`: answered, only holding its slot;
 * `closing`: out of its slot, its connection still to be closed; `querying`: in a wait with a database connection. `looking`
 * is no request but a main thread that was woken.
 */
export const STAGE = { taken: 0, computing: 1, holding: 2, closing: 3, looking: 4, querying: 5 } as const;

/**
 * The requests in the system, as columns of typed arrays indexed by a small whole number that is used again after a
 * request has gone. A request stands in at most one waiting line at a time, so that all lines share one link column.
 */
export class RequestPool {
  capacity = 256;
  /** Arrival, ms. */
  arrivedAt = new Float64Array(this.capacity);
  /** When service began, ms. */
  startedAt = new Float64Array(this.capacity);
  /** CPU of the first part, of each part between two waits, and of the last, ms. */
  cpuFirst = new Float64Array(this.capacity);
  cpuPart = new Float64Array(this.capacity);
  cpuLast = new Float64Array(this.capacity);
  /** Length of each wait, ms. */
  ioPart = new Float64Array(this.capacity);
  /** When it asked for a database connection, and for how long it has waited for them, ms. */
  askedAt = new Float64Array(this.capacity);
  connectionMs = new Float64Array(this.capacity);
  /** Where a request is in its course: a {@link STAGE}. */
  stage = new Uint8Array(this.capacity);
  /** Waits still to come. */
  waitsLeft = new Int32Array(this.capacity);
  /** CPU left of the present part, ms. */
  left = new Float64Array(this.capacity);
  /** Time at which its present run on a core must stop at the latest: the lock's switch request, or its kill. */
  limit = new Float64Array(this.capacity);
  /** How often it still loses the interpreter's lock as soon as it has it. */
  losses = new Uint8Array(this.capacity);
  /** When the worker timeout kills it. */
  killAt = new Float64Array(this.capacity);
  process = new Int32Array(this.capacity);
  /** Whether it runs in a thread, where its process has a loop and threads. */
  pooled = new Uint8Array(this.capacity);
  /** Thread that serves it. */
  thread = new Int32Array(this.capacity);
  /** Core that it ran on last. */
  core = new Int32Array(this.capacity);
  /** Whether its response time counts (arrived after the warm-up). */
  counted = new Uint8Array(this.capacity);
  next = new Int32Array(this.capacity);
  private free = NONE;
  private used = 0;

  take(): number {
    const recycled = this.free;
    if (recycled !== NONE) {
      this.free = this.next[recycled]!;
      return recycled;
    }
    if (this.used === this.capacity) this.grow();
    return this.used++;
  }

  give(request: number): void {
    this.next[request] = this.free;
    this.free = request;
  }

  private grow(): void {
    this.capacity *= 2;
    const floats = (old: Float64Array): Float64Array<ArrayBuffer> => {
      const grown = new Float64Array(this.capacity);
      grown.set(old);
      return grown;
    };
    const bytes = (old: Uint8Array): Uint8Array<ArrayBuffer> => {
      const grown = new Uint8Array(this.capacity);
      grown.set(old);
      return grown;
    };
    const integers = (old: Int32Array): Int32Array<ArrayBuffer> => {
      const grown = new Int32Array(this.capacity);
      grown.set(old);
      return grown;
    };
    this.arrivedAt = floats(this.arrivedAt);
    this.startedAt = floats(this.startedAt);
    this.cpuFirst = floats(this.cpuFirst);
    this.cpuPart = floats(this.cpuPart);
    this.cpuLast = floats(this.cpuLast);
    this.ioPart = floats(this.ioPart);
    this.askedAt = floats(this.askedAt);
    this.connectionMs = floats(this.connectionMs);
    this.left = floats(this.left);
    this.limit = floats(this.limit);
    this.killAt = floats(this.killAt);
    this.waitsLeft = integers(this.waitsLeft);
    this.process = integers(this.process);
    this.thread = integers(this.thread);
    this.core = integers(this.core);
    this.next = integers(this.next);
    this.counted = bytes(this.counted);
    this.pooled = bytes(this.pooled);
    this.stage = bytes(this.stage);
    this.losses = bytes(this.losses);
  }
}

/** Waiting lines, first come first served, one per index. */
export class Lines {
  readonly length: Int32Array;
  private readonly heads: Int32Array;
  private readonly tails: Int32Array;
  private readonly pool: RequestPool;

  constructor(pool: RequestPool, count: number) {
    this.pool = pool;
    this.length = new Int32Array(count);
    this.heads = new Int32Array(count).fill(NONE);
    this.tails = new Int32Array(count).fill(NONE);
  }

  append(line: number, request: number): void {
    const { next } = this.pool;
    next[request] = NONE;
    if (this.length[line]!++ === 0) this.heads[line] = request;
    else next[this.tails[line]!] = request;
    this.tails[line] = request;
  }

  /** The first of the line, taken out; −1 when it is empty. */
  shift(line: number): number {
    if (this.length[line] === 0) return NONE;
    const first = this.heads[line]!;
    this.heads[line] = this.pool.next[first]!;
    this.length[line]!--;
    return first;
  }
}
