import { KNOWN_METRICS, type KnownMetric, ROLES, type Role, seriesNames } from './metrics.js';

/** A metric given in place of the known ones, by what it is asked for. */
export type GivenMetrics = Readonly<Partial<Record<Role, string>>>;

/** How durations are kept: buckets of `le`, a native histogram, or sum and count alone. */
type DurationKind = 'classic' | 'native' | 'summary';

/** Which metric is read for what; null where none is there. */
export interface ChosenMetrics {
  readonly durations: (KnownMetric & { readonly kind: DurationKind }) | null;
  /** null where the durations count the requests too. */
  readonly requests: KnownMetric | null;
  readonly cpu: KnownMetric | null;
  readonly memory: KnownMetric | null;
}

/** The candidates of a role: the given one alone, or those of usual exporters. */
const candidates = (role: Role, given: GivenMetrics): readonly KnownMetric[] => {
  const name = given[role];
  return name === undefined ? KNOWN_METRICS[role] : [asGiven(role, name)];
};

/** A metric of the user's own; its unit is what its name ends with, seconds or bytes where that says nothing. */
export function asGiven(role: Role, name: string): KnownMetric {
  const base = role === 'durations' ? name.replace(/_(bucket|count|sum)$/, '') : name;
  const inMs = role === 'durations' && /_(milliseconds|ms)$/.test(base);
  return {
    name: base,
    exporter: 'as given',
    scale: inMs ? 1 : KNOWN_METRICS[role][0]!.scale,
    basis: 'service',
  };
}

/** All names of series that could be read. */
export const wantedNames = (given: GivenMetrics): ReadonlySet<string> =>
  new Set(
    ROLES.flatMap((role) =>
      candidates(role, given).flatMap(({ name }) => (role === 'durations' ? seriesNames(name) : [name])),
    ),
  );

/** The best of the metrics that are there. Those of a process that is a proxy say nothing of the application. */
export function chooseMetrics(present: ReadonlySet<string>, given: GivenMetrics): ChosenMetrics {
  const first = (role: Role): KnownMetric | null =>
    candidates(role, given).find(({ name }) => present.has(name)) ?? null;
  const durations = durationsOf(present, given);
  const requests = durations && given.requests === undefined ? null : first('requests');
  const isProxy = (durations ?? requests)?.basis === 'response';
  const ofProcess = (role: 'cpu' | 'memory') => (isProxy && given[role] === undefined ? null : first(role));
  return { durations, requests, cpu: ofProcess('cpu'), memory: ofProcess('memory') };
}

function durationsOf(present: ReadonlySet<string>, given: GivenMetrics): ChosenMetrics['durations'] {
  for (const metric of candidates('durations', given)) {
    const kind = kindOf(metric.name, present);
    if (kind !== null) return { ...metric, kind };
  }
  return null;
}

function kindOf(base: string, present: ReadonlySet<string>): DurationKind | null {
  if (present.has(`${base}_bucket`)) return 'classic';
  if (present.has(`${base}_count`) && present.has(`${base}_sum`)) return 'summary';
  return present.has(base) ? 'native' : null;
}
