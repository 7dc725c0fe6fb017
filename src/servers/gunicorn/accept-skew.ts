/**
 * How gthread splits arrivals over processes that accept eagerly (`worker_connections` above `threads`): every process
 * is woken for every connection, and some win more often, by an order that lasts as long as the server. The share of
 * each is this part of its predecessor's. Measured on Gunicorn 26 and Linux 6, one core: 40/29/20/10 %, 37/30/22/11 %
 * and 32/29/24/14 % over four processes, 29/24/17/11/7/5/4/3 % over eight; this law gives 38/28/20/14 and
 * 30/22/16/11/8/6/4/3. Two processes split more mildly (54/46 %, 55/45 %), and evenly with a core for each.
 */
const SHARE_RATIO = 0.72;

/** Shares of the arrivals, largest first; they sum to 1. */
export function skewedShares(processes: number): readonly number[] {
  const ratio = processes === 2 ? Math.sqrt(SHARE_RATIO) : SHARE_RATIO;
  const shares = Array.from({ length: processes }, (_, n) => ratio ** n);
  const total = shares.reduce((sum, share) => sum + share, 0);
  return shares.map((share) => share / total);
}
