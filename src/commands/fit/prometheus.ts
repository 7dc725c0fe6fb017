import { SourceError, UsageError } from '../../host/errors.js';
import { EXIT, type ExitCode } from '../../host/exit.js';
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
import { notice } from '../../text/notice.js';
import { FIT_FORMATS } from './formats/formats.js';

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
  await delivery.write(report);
  if (!values.quiet && delivery.format !== 'json')
    for (const note of result.notes) host.stderr.write(notice(`note: ${note}`));
  return EXIT.done;
}

function refuseOthers(values: Values): void {
  const others = ['merge', 'logFormat', 'column', 'loadTest', 'detect', 'compare'] as const;
  const other = others.find((name) => values[name] !== undefined);
  if (other !== undefined)
    throw new UsageError(`${flagOf(other)} is about other sources; leave it out beside --prometheus`);
  if (values.format === 'profile')
    throw new UsageError(
      '--format profile is what logs are counted into; accepted with --prometheus: table, json, yaml (which --profile reads)',
    );
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
  const twice = files.find((name, n) => files.indexOf(name) < n);
  if (twice !== undefined)
    throw new UsageError(`--prometheus: ${twice} is given twice and would count twice; give each file once`);
  for (const name of files)
    if (name !== '-' && host.files.status(name)?.kind !== 'file')
      throw new SourceError(
        `${name}: there is no such file, or it may not be read; accepted: a file, - for stdin, or an address that begins with http://`,
      );
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
