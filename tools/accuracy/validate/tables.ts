import { type Comparison, errorOf, METRICS } from './compare.js';
import type { Case } from './measured.js';
import { SIGNED_METRICS, signedErrors } from './signed.js';
import type { Spread, Summary } from './summary.js';

export const percent = (share: number | null): string =>
  share === null ? '–' : `${share > 0 ? '+' : share < 0 ? '−' : ''}${Math.abs(100 * share).toFixed(1)} %`;
const size = (share: number): string => `${(100 * share).toFixed(1)} %`;
export const ms = (value: number | null): string =>
  value === null ? '–' : value >= 100 ? value.toFixed(0) : value.toFixed(1);

export const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map((_, n) => (n === 0 ? '---' : '--:')), ...rows]
    .map((row) => `| ${row.join(' | ')} |`)
    .join('\n');

/** Median and largest absolute errors. */
export function summaryTable(what: string, summaries: readonly Summary[]): string {
  const shown = (spread: Spread | null): string =>
    spread === null ? '–' : `${size(spread.median)} / ${size(spread.worst)}`;
  const head = [
    what,
    'cases',
    ...METRICS.map((m) => `simulated ${m}`),
    ...METRICS.map((m) => `analytic ${m}`),
  ];
  return table(
    head,
    summaries.map(({ name, cases, simulated, analytic }) => [
      name,
      String(cases),
      ...METRICS.map((metric) => shown(simulated[metric])),
      ...METRICS.map((metric) => shown(analytic[metric])),
    ]),
  );
}

export function signedTable(comparisons: readonly Comparison[], nameOf: (measured: Case) => string): string {
  const head = ['kind', 'cases', 'simulated mean', 'simulated p95', 'analytic mean', 'analytic p95'];
  const rows = signedErrors(comparisons, nameOf).map(({ kind, cases, simulated, analytic }) => {
    const errors = [simulated, analytic].flatMap((way) => SIGNED_METRICS.map((metric) => way[metric]));
    const shown = errors.map((e) =>
      e === null ? '–' : `${percent(e.mean)} (${percent(e.low)} to ${percent(e.high)})`,
    );
    return [kind, String(cases), ...shown];
  });
  return table(head, rows);
}

export function caseTable(comparisons: readonly Comparison[]): string {
  const errors = (pairs: Comparison['simulated']): string[] => METRICS.map((m) => percent(errorOf(pairs[m])));
  const head = [
    'case',
    'server',
    'CPU',
    'I/O',
    'req/s',
    'mean ms',
    'p95 ms',
    'simulated mean',
    'p95',
    'p99',
    'analytic mean',
    'p95',
    'p99',
    '',
  ];
  return table(
    head,
    comparisons.map(({ measured: m, simulated, analytic }) => [
      m.id,
      serverText(m),
      law(m.cpu),
      law(m.io),
      m.rate.toFixed(0),
      ms(m.mean),
      ms(m.p95),
      ...errors(simulated),
      ...errors(analytic),
      remarks(m),
    ]),
  );
}

/** What ran, in the page's short form. */
export function serverText(m: Case): string {
  const threads = m.threads > 1 && !m.handlers?.includes(':') ? ` × ${m.threads}` : '';
  const details = [
    `${m.server ?? m.class}${m.version.startsWith('20.') ? ' (20)' : ''} ${m.workers}${threads}`,
    m.handlers,
    m.loop,
    m.thunder_lock && 'thunder-lock',
    `k${m.cores}`,
    m.connections && `c${m.connections}`,
    m.pinned && 'pinned',
    m.order === 'even' && 'spread',
  ];
  return details.filter(Boolean).join(' ');
}

function law(text: string): string {
  const [kind, mean, cv] = text.split(':');
  if (Number(mean) === 0) return '0';
  const shape = { det: 'constant', exp: 'exponential', logn: `lognormal, cv ${cv}` }[kind ?? ''] ?? kind;
  return `${Number(mean) / 1000} ${shape}`;
}

export const remarks = (m: Case): string =>
  [m.noisy ? 'noisy' : '', m.skewed ? 'skewed' : ''].filter(Boolean).join(', ');
