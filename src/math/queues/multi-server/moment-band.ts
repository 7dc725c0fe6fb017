/**
 * What two moments leave open, as text: how far means and percentiles differ between laws of equal mean and cv.
 * Above cv 1 that is the worst of exact M/H₂/c with a gamma law's third moment against balanced means
 * (tools/accuracy/approximation-errors.ts prints it).
 */
export function momentBand(scv: number, servers: number): string {
  const from = 'for a law fitted to mean and cv';
  if (servers === 1) return `${from}: mean wait exact, percentiles depend on more moments`;
  if (scv <= 1) return `${from}: others of equal cv differ by ±2 % in mean wait`;
  if (scv <= 1.5) return `${from}: others of equal cv differ by up to 6 % in mean wait and sojourn p95`;
  if (scv <= 2) return `${from}: others of equal cv differ by up to 11 % in mean wait and sojourn p95`;
  if (scv <= 4) return `${from}: others of equal cv differ by up to 27 % in mean wait, 36 % in sojourn p95`;
  return `${from}: others of equal cv differ by 50 % and more in mean wait, 100 % in sojourn p95`;
}
