import { SourceError, UsageError } from '../../../host/errors.js';
import { listed } from '../../../text/sentences.js';
import { type ChosenMetrics, chooseMetrics, type GivenMetrics, wantedNames } from '../choose.js';
import type { PrometheusServer } from './server.js';

/** The service that is asked about: its metrics, and the matchers that choose it. */
export interface Service {
  readonly metrics: ChosenMetrics;
  readonly matchers: string;
}

/** Jobs that are named where there are too many to name all. */
const MOST_NAMED = 8;

/**
 * Which metrics of which job to read: of those that the matchers choose, or of the one job that counts requests. An application
 * stands before a proxy. Throws where none does, or where several do and none was chosen.
 */
export async function findService(
  server: PrometheusServer,
  given: GivenMetrics,
  select: string | null,
  atMs: number,
): Promise<Service> {
  const names = [...wantedNames(given)].sort().join('|');
  const matchers = [`__name__=~"${names}"`, ...(select ? [select] : [])].join(',');
  const found = await server.instant(`count by (__name__, job) ({${matchers}})`, atMs);
  const jobs = new Map<string, Set<string>>();
  for (const { name, labels } of found) {
    const job = select === null ? (labels.get('job') ?? '') : '';
    jobs.set(job, (jobs.get(job) ?? new Set()).add(name));
  }
  const services = [...jobs].map(([job, present]) => ({ job, metrics: chooseMetrics(present, given) }));
  if (select !== null) {
    const only = services[0];
    if (!only) throw nothingFound(server.address, `that {${select}} chooses`);
    return { metrics: only.metrics, matchers: select };
  }
  const basisOf = ({ metrics }: (typeof services)[number]) => (metrics.durations ?? metrics.requests)?.basis;
  const own = services.filter((service) => basisOf(service) === 'service');
  const serving = own.length > 0 ? own : services.filter((service) => basisOf(service) === 'response');
  if (serving.length === 0) throw nothingFound(server.address, 'that counts requests');
  if (serving.length > 1) throw severalFound(serving.map(({ job }) => job).sort());
  const [{ job, metrics }] = serving as [(typeof serving)[number]];
  return { metrics, matchers: `job=${JSON.stringify(job)}` };
}

const nothingFound = (address: string, which: string): SourceError =>
  new SourceError(
    `${address}: has now no metric ${which} under a name that is known; name one with --query durations=METRIC (or requests, cpu, memory)`,
  );

function severalFound(jobs: readonly string[]): UsageError {
  const shown = jobs.slice(0, MOST_NAMED).map((job) => JSON.stringify(job));
  const more = jobs.length > shown.length ? [`${jobs.length - shown.length} more`] : [];
  return new UsageError(
    `--prometheus: the jobs ${listed([...shown, ...more])} count requests; choose one with --query 'select={job=${shown[0]}}'`,
  );
}
