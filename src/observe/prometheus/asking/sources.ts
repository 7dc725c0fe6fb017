import { asGiven, type ChosenMetrics, chooseMetrics, type GivenMetrics } from '../choose.js';
import { type KnownMetric, ROLES, type Role, seriesNames } from '../metrics.js';
import type { UsedMetric, Watched } from '../watched.js';
import { findService } from './find-service.js';
import type { GivenQueries, GivenQuery } from './given-query.js';
import type { PrometheusServer } from './server.js';

/** Where a role's numbers come from. */
type RoleSource =
  | { readonly kind: 'promql'; readonly text: string }
  | { readonly kind: 'metric'; readonly metric: KnownMetric; readonly matchers: string };

/** Where each role's numbers come from; null where they are not known. */
export interface Sources {
  readonly requests: RoleSource | null;
  readonly durations: RoleSource | null;
  readonly durationKind: NonNullable<ChosenMetrics['durations']>['kind'];
  readonly cpu: RoleSource | null;
  readonly memory: RoleSource | null;
}

/** What is read for each role: what was given, else what is found under the usual names. */
export async function sourcesOf(
  server: PrometheusServer,
  { byRole, select }: GivenQueries,
  atMs: number,
): Promise<Sources> {
  const isWhole = (query: GivenQuery | undefined): boolean =>
    query !== undefined && (query.kind === 'promql' || query.matchers !== null);
  const named: GivenMetrics = Object.fromEntries(
    Object.entries(byRole).flatMap(([role, query]) =>
      query.kind === 'metric' && query.matchers === null ? [[role, query.name]] : [],
    ),
  );
  // A query that stands for the whole of the service's requests leaves open whose processes to look for.
  const isOpen = !isWhole(byRole.durations) && !isWhole(byRole.requests);
  const service =
    isOpen || select !== null || Object.keys(named).length > 0
      ? await findService(server, named, select, atMs)
      : null;
  const sourceOf = (role: Role): RoleSource | null => {
    const query = byRole[role];
    if (query?.kind === 'promql') return query;
    if (query && query.matchers !== null)
      return { kind: 'metric', metric: asGiven(role, query.name), matchers: query.matchers };
    const metric = service?.metrics[role] ?? null;
    return metric && service && { kind: 'metric', metric, matchers: service.matchers };
  };
  const durations = sourceOf('durations');
  const requests = byRole.durations && !byRole.requests ? null : sourceOf('requests');
  return {
    durations,
    requests,
    cpu: sourceOf('cpu'),
    memory: sourceOf('memory'),
    durationKind: isWhole(byRole.durations)
      ? await kindOf(server, durations, atMs)
      : (service?.metrics.durations?.kind ?? 'classic'),
  };
}

/** How a metric with matchers of its own keeps durations. */
async function kindOf(
  server: PrometheusServer,
  source: RoleSource | null,
  atMs: number,
): Promise<Sources['durationKind']> {
  if (source?.kind !== 'metric') return 'classic';
  const { name } = source.metric;
  const matchers = [`__name__=~"${seriesNames(name).join('|')}"`, source.matchers].filter(
    (one) => one !== '',
  );
  const found = await server.instant(`count by (__name__) ({${matchers.join(',')}})`, atMs);
  const present = new Set(found.map((series) => series.name));
  return chooseMetrics(present, { durations: name }).durations?.kind ?? 'classic';
}

/** The metrics and queries that are used. */
export function usedOf(sources: Sources): UsedMetric[] {
  return ROLES.flatMap((role): UsedMetric[] => {
    const source = sources[role];
    if (!source) return [];
    return source.kind === 'promql'
      ? [{ role, name: source.text, exporter: 'as given' }]
      : [{ role, name: source.metric.name, exporter: source.metric.exporter }];
  });
}

/** What the durations, or the requests, are measured from. */
export const basisOf = ({ durations, requests }: Sources): Watched['basis'] => {
  const source = durations ?? requests;
  return source === null ? null : source.kind === 'metric' ? source.metric.basis : 'service';
};
