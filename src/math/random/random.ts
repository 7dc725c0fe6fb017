/** Words drawn at a time. */
const AHEAD = 1024;

/**
 * xoshiro128++ (Blackman & Vigna 2021), period 2¹²⁸ − 1, on 32-bit integers, which JavaScript multiplies and rotates
 * without big numbers. Two outputs make one uniform of 53 bits.
 */
export class Random {
  /** Words drawn ahead of their use; who reads some of them in a loop of its own moves `position`. */
  readonly ahead = new Int32Array(AHEAD);
  /** The next word to use. */
  position = AHEAD;
  private readonly state: Int32Array;

  /** `seed` is any safe integer ≥ 0; `path` picks independent generators of the same seed (replication, source). */
  constructor(seed: number, ...path: readonly number[]) {
    this.state = expandSeed([seed >>> 0, Math.floor(seed / 2 ** 32) >>> 0, ...path.map((n) => n >>> 0)]);
  }

  /** 32 random bits, as a signed integer. */
  bits(): number {
    if (this.position === AHEAD) this.drawAhead();
    return this.ahead[this.position++]!;
  }

  /** The state stays in registers throughout: twice as fast as word by word. */
  private drawAhead(): void {
    const { ahead, state } = this;
    let s0 = state[0]!;
    let s1 = state[1]!;
    let s2 = state[2]!;
    let s3 = state[3]!;
    for (let i = 0; i < AHEAD; i++) {
      const sum = (s0 + s3) | 0;
      ahead[i] = ((sum << 7) | (sum >>> 25)) + s0;
      const shifted = s1 << 9;
      s2 ^= s0;
      s3 ^= s1;
      s1 ^= s2;
      s0 ^= s3;
      s2 ^= shifted;
      s3 = (s3 << 11) | (s3 >>> 21);
    }
    state[0] = s0;
    state[1] = s1;
    state[2] = s2;
    state[3] = s3;
    this.position = 0;
  }

  /** Uniform on (0, 1), 53 bits: never 0 or 1. */
  uniform(): number {
    const high = this.bits() >>> 6;
    const low = this.bits() >>> 6;
    return (high * 67108864 + low + 0.5) * 2 ** -52;
  }

  /** Uniform on 0 … `count` − 1; `count` below 2³². */
  below(count: number): number {
    return Math.floor((this.bits() >>> 0) * 2 ** -32 * count);
  }
}

/** Spreads few seed words over the state (the finaliser of MurmurHash3, Appleby 2011): near seeds give unrelated states. */
function expandSeed(words: readonly number[]): Int32Array {
  const state = new Int32Array(4);
  let hash = 0x9e3779b9 | 0;
  const mix = (word: number): number => {
    hash = (hash + Math.imul(word ^ (word >>> 15), 0x85ebca6b) + 0x6d2b79f5) | 0;
    let mixed = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
    hash = (hash ^ mixed) | 0;
    return mixed ^ (mixed >>> 16);
  };
  for (const word of words) mix(word);
  for (let i = 0; i < 4; i++) state[i] = mix(i + 1);
  if (state.every((word) => word === 0)) state[0] = 1;
  return state;
}
