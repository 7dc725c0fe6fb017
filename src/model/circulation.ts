import type { BusyCores } from './busy-cores.js';

/**
 * Requests that hold a thread and alternate between a wait (mean total `ioMs`) and the CPU (mean total `cpuMs`), where
 * `busyCores(A)` cores' worth of work is done while A of them want one, shared equally: a closed product-form network.
 */
export class Circulation {
  readonly cpuMs: number;
  readonly ioMs: number;
  readonly busyCores: BusyCores;

  constructor(cpuMs: number, ioMs: number, busyCores: BusyCores) {
    this.cpuMs = cpuMs;
    this.ioMs = ioMs;
    this.busyCores = busyCores;
  }

  /** p(A|N) ∝ Π_{j<A} (N−j)·(c/s)/F(j+1), A = 0…, cut off where nothing is left. */
  active(held: number): Float64Array {
    const { cpuMs, ioMs, busyCores } = this;
    if (ioMs <= 0) {
      const all = new Float64Array(held + 1);
      all[held] = 1;
      return all;
    }
    const p = [1];
    let sum = 1;
    let value = 1;
    let largest = 1;
    for (let a = 0; a < held; a++) {
      value *= ((held - a) * cpuMs) / (ioMs * busyCores(a + 1));
      p.push(value);
      sum += value;
      if (value > largest) largest = value;
      else if (value < largest * 1e-13) break;
      if (value > 1e200) {
        for (let i = 0; i < p.length; i++) p[i]! *= 1e-200;
        sum *= 1e-200;
        value *= 1e-200;
        largest = value;
      }
    }
    return Float64Array.from(p, (v) => v / sum);
  }

  /** Requests per ms completed with `held` in circulation. */
  throughput(held: number): number {
    if (this.ioMs <= 0) return this.busyCores(held) / this.cpuMs;
    const p = this.active(held);
    let busy = 0;
    for (let a = 1; a < p.length; a++) busy += p[a]! * this.busyCores(a);
    return busy / this.cpuMs;
  }
}
