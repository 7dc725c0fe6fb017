/** What a request finds when it asks for a connection. Times in mean uncontended waits. */
export interface Found {
  /** P(all connections are in use). */
  readonly probability: number;
  /** Mean time in line, those that need not wait included. */
  readonly mean: number;
  /** The same and its mean square, were each of those before it in line gone after an exponential time: for the shape of its law. */
  readonly line: number;
  readonly square: number;
}

export const NOTHING_FOUND: Found = { probability: 0, mean: 0, line: 0, square: 0 };

/** The connections of one process: so many, each request holding one for a share of every wait, in (0, 1]. */
export interface Connections {
  readonly connections: number;
  readonly share: number;
}

/** How the line differs from that of exponential times while requests come at random: so many times as long, at a busy share of the connections. */
export interface Varied {
  readonly factor: number;
  readonly utilization: number;
}

const AS_EXPONENTIAL: Varied = { factor: 1, utilization: 0 };

/** Shares of a station's states below which they are left out. */
const NEGLIGIBLE = 1e-14;
/** P(some connection is free) below which more requests only lengthen the line. */
const HARDLY_EVER = 1e-10;

/**
 * The waits of the requests of one process: a share φ of each is spent with one of c connections, first come first served, the
 * rest without. As a closed product-form network of m requests, b of them want a connection with
 * q_m(b) ∝ (1−φ)·q_{m−1}(b) + φ·w(b)·q_{m−1}(b−1), and one more finds q_m (arrival theorem: Reiser and Lavenberg 1980). It
 * takes w(b) times as long for the connection as alone where it makes b of them: 1 up to c, then b/c. Exact for exponential
 * times.
 *
 * With others the line of requests that come at random is f times as long, and as probable: at a busy share u of the
 * connections w(c) is then 1/(1 − u + fu), and w(b) is b/c times f/(1 − u + fu) beyond (for one connection the mean of
 * Pollaczek and Khinchine).
 */
export class Station implements Connections {
  readonly connections: number;
  readonly share: number;
  /** w(c), and w(b)/b beyond. */
  readonly #lastFree: number;
  readonly #slope: number;
  /** Index m: how many times as long a wait takes with m requests in theirs. */
  readonly #lengths = [1];
  /** Index m: what one more finds. */
  readonly #found: Found[] = [NOTHING_FOUND];
  /** q_m of the last m, from its state `#least` on. */
  #states = [1];
  #least = 0;

  constructor({ connections, share }: Connections, { factor, utilization }: Varied = AS_EXPONENTIAL) {
    this.connections = connections;
    this.share = share;
    this.#lastFree = 1 / (1 - utilization + factor * utilization);
    this.#slope = (factor * this.#lastFree) / connections;
  }

  /** How many times as long as alone a wait takes while `requests` ≥ 0 are in theirs, on average. */
  lengthening(requests: number): number {
    const low = Math.floor(requests);
    if (low === requests) return this.#lengthOf(low);
    if (requests <= this.connections - 1) return 1;
    // What they get through is linear in between.
    const [below, above] = [low / this.#lengthOf(low), (low + 1) / this.#lengthOf(low + 1)];
    return requests / (below + (above - below) * (requests - low));
  }

  /** What a request finds while `others` ≥ 0 are in their waits. */
  found(others: number): Found {
    const low = Math.floor(others);
    const below = this.#foundBy(low);
    return low === others ? below : between(below, this.#foundBy(low + 1), others - low);
  }

  #lengthOf(requests: number): number {
    return this.#follow(requests) ? this.#lengths[requests]! : this.#always(requests);
  }

  #foundBy(others: number): Found {
    if (this.#follow(others)) return this.#found[others]!;
    const last = this.#found.at(-1)!;
    const mean = this.#always(others + 1) - 1;
    const line = last.line + ((others - this.#found.length + 1) * this.share) / this.connections;
    return { probability: 1, mean, line, square: line ** 2 + last.square - last.line ** 2 };
  }

  /** The lengthening where all connections are always in use. */
  #always(requests: number): number {
    return requests * this.share * this.#slope;
  }

  /** Whether so many requests have been followed; they are not once all connections are always in use. */
  #follow(requests: number): boolean {
    while (this.#lengths.length <= requests) {
      if (this.#found.at(-1)!.probability > 1 - HARDLY_EVER) return false;
      this.#addOne();
    }
    return true;
  }

  #addOne(): void {
    const { share } = this;
    const before = this.#states;
    const states = new Array<number>(before.length + 1).fill(0);
    let total = 0;
    for (let i = 0; i < before.length; i++) {
      const stays = (1 - share) * before[i]!;
      const joins = share * this.#weight(this.#least + i + 1) * before[i]!;
      states[i]! += stays;
      states[i + 1]! += joins;
      total += stays + joins;
    }
    const requests = this.#lengths.length;
    this.#lengths.push(requests < this.connections ? 1 : total);
    let from = 0;
    let to = states.length;
    while (states[from]! < NEGLIGIBLE * total) from++;
    while (states[to - 1]! < NEGLIGIBLE * total) to--;
    this.#states = states.slice(from, to).map((p) => p / total);
    this.#least += from;
    this.#found.push(this.#look());
  }

  /** w(b). */
  #weight(wanting: number): number {
    if (wanting < this.connections) return 1;
    return wanting === this.connections ? this.#lastFree : wanting * this.#slope;
  }

  #look(): Found {
    const { connections, share } = this;
    const perPlace = share / connections;
    let [probability, mean, line, square] = [0, 0, 0, 0];
    this.#states.forEach((p, i) => {
      const others = this.#least + i;
      mean += p * share * (this.#weight(others + 1) - 1);
      if (others < connections) return;
      const place = others - connections + 1;
      probability += p;
      line += p * place * perPlace;
      square += p * (place ** 2 + place) * perPlace ** 2;
    });
    return { probability: Math.min(1, probability), mean, line, square };
  }
}

/** `share` of the second, the rest of the first. */
export const between = (first: Found, second: Found, share: number): Found => ({
  probability: first.probability + (second.probability - first.probability) * share,
  mean: first.mean + (second.mean - first.mean) * share,
  line: first.line + (second.line - first.line) * share,
  square: first.square + (second.square - first.square) * share,
});
