import { SourceError, UsageError } from '../../host/errors.js';
import type { ExitCode } from '../../host/exit.js';
import type { Host } from '../../host/host.js';
import type { Invocation } from '../../input/command.js';
import type { Values } from '../../input/options.js';
import type { PrometheusReport } from '../../observe/fit-report.js';
import { analyse } from '../../observe/prometheus/analyse.js';
import { type GivenQueries, givenQueries } from '../../observe/prometheus/asking/given-query.js';
import { isAddress, prometheusServer } from '../../observe/prometheus/asking/server.js';
import { watchedServer } from '../../observe/prometheus/asking/watched-server.js';
import type { GivenMetrics } from '../../observe/prometheus/choose.js';
import { watchedFiles } from '../../observe/prometheus/reading/watched-files.js';
import { prometheusValues } from '../../observe/prometheus/values.js';
import type { Watched } from '../../observe/prometheus/watched.js';
import { prepareDelivery } from '../../output/deliver.js';
import { flagOf } from '../../text/names.js';
import { FIT_FORMATS } from './formats/formats.js';
import { deliverReport, isFileIn, refuseProfile, requireFiles } from './sources.js';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

/** `wcalc fit --prometheus URL` and `wcalc fit --prometheus FILE…`. */
export async function fitPrometheus(invocation: Invocation, host: Host): Promise<ExitCode> {
  const { values, positionals } = invocation;
  refuseOthers(values);
  const delivery = prepareDelivery(FIT_FORMATS, values, host);
  const sources = [...(values.prometheus ?? []), ...positionals];
  const queries = givenQueries(values.query ?? []);
  const result = analyse(
    sources.some(isAddress)
      ? await ofServer(sources, queries, values, host)
      : await ofFiles(sources, queries, values, host),
  );
  const { empirical } = result.durations ?? {};
  const report: PrometheusReport = {
    kind: 'prometheus',
    source: result.source,
    result,
    observed: prometheusValues(result, values),
    laws: empirical ? { service: empirical } : {},
    notes: result.notes,
  };
  return deliverReport(report, delivery, values, host);
}

function refuseOthers(values: Values): void {
  const others = ['merge', 'logFormat', 'column', 'loadTest', 'detect', 'compare'] as const;
  const other = others.find((name) => values[name] !== undefined);
  if (other !== undefined)
    throw new UsageError(`${flagOf(other)} is about other sources; leave it out beside --prometheus`);
  refuseProfile(values, '--prometheus');
}

async function ofServer(
  sources: readonly string[],
  queries: GivenQueries,
  values: Values,
  host: Host,
): Promise<Watched> {
  const [address] = sources;
  if (sources.length > 1 || address === undefined)
    throw new UsageError('--prometheus: one address is asked at a time; give it alone');
  const server = prometheusServer(host, address, tokenOf(values, host));
  return watchedServer(server, queries, {
    nowMs: host.wallClock(),
    sinceMs: values.since ?? DAY_MS,
    stepMs: values.step ?? MINUTE_MS,
  });
}

async function ofFiles(
  files: readonly string[],
  { byRole, select }: GivenQueries,
  values: Values,
  host: Host,
): Promise<Watched> {
  const asking = (['since', 'step', 'tokenFile'] as const).find((name) => values[name] !== undefined);
  if (asking !== undefined)
    throw new UsageError(`${flagOf(asking)} is for a Prometheus that is asked; leave it out beside a file`);
  const accepted = 'a file, - for stdin, or an address that begins with http://';
  requireFiles(files, { where: '--prometheus', one: 'file', accepted }, isFileIn(host));
  const given: GivenMetrics = Object.fromEntries(
    Object.entries(byRole).map(([role, query]) => {
      if (query.kind === 'promql' || query.matchers !== null || select !== null)
        throw new UsageError(
          `--query: a file answers no PromQL; accepted with a file: ${role}=METRIC, the name of a metric in it`,
        );
      return [role, query.name];
    }),
  );
  if (select !== null) throw new UsageError('--query: select is for a Prometheus that is asked');
  return watchedFiles(host, files, given);
}

const TOKEN_VARIABLE = 'WCALC_PROMETHEUS_TOKEN';
const MOST_TOKEN_BYTES = 1 << 16;

/** The bearer token, of the file that was named or of the environment; null without one. Its text stands in no message. */
function tokenOf({ tokenFile }: Values, host: Host): string | null {
  const [from, text] =
    tokenFile === undefined
      ? [TOKEN_VARIABLE, host.env[TOKEN_VARIABLE]]
      : [tokenFile, host.files.readText(tokenFile, MOST_TOKEN_BYTES)];
  if (text === undefined) return null;
  const token = text.trim();
  if (token === '' && tokenFile === undefined) return null;
  if (!/^[\x21-\x7e]+$/.test(token))
    throw new SourceError(`${from}: holds no token; accepted: one line of printable ASCII without blanks`);
  return token;
}
