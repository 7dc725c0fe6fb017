/**
 * What two moments leave open, as text: how far mean and p95 of the wait differ between laws of equal mean and cv (exact M/H₂/c with balanced means against the
 * third moment of a gamma law; mixtures of Erlang laws against gamma below cv 1).
 */
export function momentBand(scv: number, servers: number): string {
  const from = 'for a law fitted to mean and cv';
  if (servers === 1) return `${from}: mean wait exact, p95 of the wait ${scv <= 1 ? '±2 %' : '±15 %'}`;
  if (scv <= 1) return `${from}: others of equal cv differ by ±2 % in mean wait`;
  if (scv <= 2) return `${from}: others of equal cv differ by up to 10 % in mean wait, 14 % in its p95`;
  return `${from}: others of equal cv differ by up to 27 % and more in mean wait, 41 % in its p95`;
}
