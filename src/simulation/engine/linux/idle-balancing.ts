import type { Random } from '../../../math/random/random.js';

/** How often a core that fell idle has found work when it looked, as Linux counts. */
export class Looks {
  private readonly made: Int32Array;
  private readonly found: Int32Array;
  /** Share of 1024 that found something. */
  private readonly ratio: Int32Array;

  constructor(cores: number) {
    this.made = new Int32Array(cores).fill(512);
    this.found = new Int32Array(cores).fill(256);
    this.ratio = new Int32Array(cores).fill(512);
  }

  /** Whether a core that falls idle looks for work and finds some; what a look finds counts for those that were not made. */
  tries(core: number, isThereWork: boolean, random: Random): boolean {
    const weight = 1 + this.ratio[core]!;
    const succeeds = isThereWork && random.below(1024) <= weight;
    if (succeeds) this.found[core]! += Math.floor((1024 + weight / 2) / weight);
    if (++this.made[core]! >= 1024) {
      this.ratio[core] = Math.min(1024, this.found[core]!);
      this.made[core]! >>= 1;
      this.found[core]! >>= 1;
    }
    return succeeds;
  }
}
