import type { ResponseParts } from './response-parts.js';

/**
 * P(a request's own service, CPU stretched by contention and I/O, lasts longer than `timeoutMs`), as a timeout that kills
 * sees it. Each part is convolved on a coarse grid; 0 where both tails are negligible at half the timeout.
 */
export function timeoutProbability(parts: ResponseParts, timeoutMs: number): number {
  const { cpu, io, stretch } = parts;
  const tail = (limitedMean: (x: number) => number, x: number): number => {
    const step = x * 1e-4;
    return Math.min(1, Math.max(0, (limitedMean(x + step) - limitedMean(x - step)) / (2 * step)));
  };
  const cpuTail = (x: number): number => (x <= 0 ? 1 : tail(cpu.limitedMean, x / stretch.free));
  const ioTail = (x: number): number => (x <= 0 ? 1 : io.mean > 0 ? tail(io.limitedMean, x) : 0);
  if (cpuTail(timeoutMs / 2) + ioTail(timeoutMs / 2) < 1e-12) return 0;
  const cells = 400;
  const step = timeoutMs / cells;
  let probability = cpuTail(timeoutMs);
  let before = 1;
  for (let j = 0; j < cells; j++) {
    const after = cpuTail((j + 1) * step);
    probability += Math.max(0, before - after) * ioTail(timeoutMs - (j + 0.5) * step);
    before = after;
  }
  return Math.min(1, probability);
}
