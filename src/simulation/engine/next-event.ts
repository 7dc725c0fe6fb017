/**
 * One pending time per key, any of which may change: a tournament tree, whose root knows the earliest. A change costs
 * log₂ n comparisons and leaves no stale event behind. Which of two is earlier is a toss-up, which the processor would
 * mispredict as a branch: the winner is picked by arithmetic.
 */
export class Earliest {
  private readonly leaves: number;
  private readonly times: Float64Array;
  private readonly winners: Int32Array;

  constructor(keys: number) {
    this.leaves = 1 << Math.ceil(Math.log2(Math.max(2, keys)));
    this.times = new Float64Array(this.leaves).fill(Number.POSITIVE_INFINITY);
    this.winners = new Int32Array(this.leaves);
    for (let node = this.leaves - 1; node > 0; node--) this.winners[node] = this.leftmost(node) - this.leaves;
  }

  /** Key of the earliest time. */
  get key(): number {
    return this.winners[1]!;
  }

  /** The earliest time, Infinity when nothing is pending. */
  get time(): number {
    return this.times[this.winners[1]!]!;
  }

  /** Pending time of one key, Infinity when there is none. */
  timeOf(key: number): number {
    return this.times[key]!;
  }

  set(key: number, time: number): void {
    const { times, winners, leaves } = this;
    times[key] = time;
    let winner = key;
    let node = key + leaves;
    while (node > 1) {
      const rival = node ^ 1;
      const other = rival >= leaves ? rival - leaves : winners[rival]!;
      const wins = Number(times[other]! < times[winner]!);
      winner ^= (winner ^ other) & -wins;
      node >>= 1;
      winners[node] = winner;
    }
  }

  private leftmost(node: number): number {
    let leaf = node;
    while (leaf < this.leaves) leaf *= 2;
    return leaf;
  }
}
