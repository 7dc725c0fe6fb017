import type { Law } from '../../laws/law.js';

/**
 * Measured errors of M/G/c where it is not solved exactly: against exact solutions of phase-type service
 * (tools/accuracy/approximation-errors.ts), and against simulation of lognormal, gamma and empirical service of cv 0.5 to 3 with 2
 * to 32 servers at loads of 0.7 and 0.9 (tools/accuracy/queue-errors.ts). Percentiles are p50, p95 and p99 of the sojourn.
 */
const band = (mean: string, percentiles: string) =>
  `mean wait ±${mean} %, sojourn percentiles ±${percentiles} % (where more than 10 % wait)`;

/** Two phases of service, from systems of 24 and 48 servers. */
export const EXTRAPOLATED_BAND =
  'mean wait ±0.3 %, sojourn percentiles ±0.2 % (cv up to 2; ±0.8 and ±2 % at cv 3)';

/** Quadratic in cv² < ½; a law of pieces, with an end, differs more from the Erlang laws it goes through. */
export const quadraticBand = (law: Law): string =>
  law.kind === 'empirical' ? band('2.5', '1') : 'mean wait ±0.4 %, sojourn percentiles ±0.5 %';

/** Two phases with the first two moments (cv² ≤ 1) or three of them. */
export function fittedBand(law: Law, scv: number): string {
  if (scv <= 1) return law.kind === 'lognormal' || law.kind === 'empirical' ? band('4', '3') : band('2', '1');
  return scv <= 2.25 ? band('7', '5') : band('7', '20');
}

/** Lognormal service of cv above 1, between two fits. */
export function lognormalBand(scv: number): string {
  if (scv <= 2.25) return band('4', '3');
  return scv <= 4 ? band('4', '8') : band('20', '30');
}
