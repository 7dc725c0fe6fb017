import { UsageError } from '../../../host/errors.js';
import { ROLES, type Role } from '../metrics.js';

/** A query as it was given: a metric, perhaps with matchers of its own, or any other PromQL. */
export type GivenQuery =
  | { readonly kind: 'metric'; readonly name: string; readonly matchers: string | null }
  | { readonly kind: 'promql'; readonly text: string };

/** What `--query` says. */
export interface GivenQueries {
  readonly byRole: Readonly<Partial<Record<Role, GivenQuery>>>;
  /** Matchers that choose the service, without braces. */
  readonly select: string | null;
}

const METRIC = /^([a-zA-Z_:][\w:]*)\s*(?:\{(.*)\})?$/s;
const MATCHERS = /^\{(.*)\}$/s;
const NAMES = [...ROLES, 'select'] as const;

/** Reads `NAME=PROMQL`, each name once. Throws a UsageError that says what is accepted. */
export function givenQueries(typed: readonly string[]): GivenQueries {
  const byRole: Partial<Record<Role, GivenQuery>> = {};
  let select: string | null = null;
  for (const one of typed) {
    const at = one.indexOf('=');
    const name = NAMES.find((known) => known === one.slice(0, at).trim());
    const text = one.slice(at + 1).trim();
    if (at < 0 || name === undefined || text === '') throw wrong(`"${one.slice(0, 60)}" is no NAME=PROMQL`);
    if (name === 'select' ? select !== null : byRole[name] !== undefined)
      throw wrong(`${name} is given twice`);
    if (name !== 'select') byRole[name] = queryOf(text);
    else {
      const matchers = MATCHERS.exec(text);
      if (!matchers) throw wrong(`select="${text.slice(0, 60)}" stands not in braces`);
      select = matchers[1]!.trim();
    }
  }
  return { byRole, select };
}

function queryOf(text: string): GivenQuery {
  const metric = METRIC.exec(text);
  if (!metric) return { kind: 'promql', text };
  return { kind: 'metric', name: metric[1]!, matchers: metric[2]?.trim() ?? null };
}

const wrong = (what: string): UsageError =>
  new UsageError(
    `--query: ${what}; accepted: ${ROLES.join(', ')}=METRIC or PROMQL, and select={LABEL="VALUE"}`,
  );
