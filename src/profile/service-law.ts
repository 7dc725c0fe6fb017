import type { Law } from '../math/laws/law.js';

type Empirical = Extract<Law, { kind: 'empirical' }>;

/** From this share on one part carries the whole shape; below, a learnt law says too little of either. */
const DOMINANT = 0.75;

/**
 * Splits a learnt law of the whole service time (mean cpuMs + ioMs) into its parts. The part that makes up nearly all of it
 * takes the law's shape, less the other's mean, and the other is taken as constant, so that the sum keeps the law. Null where
 * neither part dominates: then mean and variation alone must do.
 */
export function splitServiceLaw(
  law: Empirical,
  cpuMs: number,
  ioMs: number,
): { readonly cpu: Law; readonly io: Law } | null {
  const ioShare = ioMs / (cpuMs + ioMs);
  if (ioShare >= DOMINANT) return { cpu: { kind: 'deterministic', mean: cpuMs }, io: less(law, cpuMs, ioMs) };
  if (ioShare <= 1 - DOMINANT)
    return { cpu: less(law, ioMs, cpuMs), io: { kind: 'deterministic', mean: ioMs } };
  return null;
}

/** The law less a constant, where nothing may fall below 0, with the mean that it must then have. */
function less({ quantiles }: Empirical, constant: number, mean: number): Empirical {
  const shifted = quantiles.map((q) => Math.max(0, q - constant));
  const total = shifted.reduce((sum, q, n) => sum + (n === 0 || n === shifted.length - 1 ? q / 2 : q), 0);
  const factor = total > 0 ? (mean * (shifted.length - 1)) / total : 1;
  return { kind: 'empirical', quantiles: shifted.map((q) => q * factor) };
}
