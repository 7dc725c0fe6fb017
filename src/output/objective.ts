import { percent } from '../text/numbers.js';

/** What was asked for and whether it is met: `p95<250ms, utilisation ≤ 80%: met`. */
export function objectiveVerdict(
  met: boolean,
  { slo, maxUtilization }: Readonly<Record<string, unknown>>,
): string {
  const limits = Array.isArray(slo) ? slo.map(String) : [];
  const ceiling = typeof maxUtilization === 'number' ? [`utilisation ≤ ${percent(maxUtilization)}`] : [];
  const asked = [...limits, ...ceiling].join(', ');
  return `${asked}${asked === '' ? '' : ': '}${met ? 'met' : 'MISSED'}`;
}
