import { UsageError } from '../../host/errors.js';
import type { ExitCode } from '../../host/exit.js';
import type { Host } from '../../host/host.js';
import type { Invocation } from '../../input/command.js';
import type { Values } from '../../input/options.js';
import type { LogReport } from '../../observe/fit-report.js';
import { analyse } from '../../observe/logs/analyse.js';
import { type CpuOfProcesses, cpuOfProcesses } from '../../observe/logs/cpu-of-processes.js';
import { profileOf } from '../../observe/logs/profile/write-profile.js';
import { type ReadLogs, type ReadProgress, readLogs } from '../../observe/logs/reading/read-logs.js';
import { noDurations } from '../../observe/logs/refusals.js';
import { fittedValues, learntLaws } from '../../observe/logs/values.js';
import { prepareDelivery } from '../../output/deliver.js';
import { progressBar } from '../../output/progress.js';
import { flagOf } from '../../text/names.js';
import { FIT_FORMATS } from './formats/formats.js';
import { inThreads } from './log-threads.js';
import { runningServer } from './running-server.js';
import { deliverReport, requireFiles } from './sources.js';

const MIB = 1024 * 1024;

/** `wcalc fit LOG…`, `wcalc fit --merge PROFILE…`, `wcalc fit --load-test FILE…` and `wcalc fit --prometheus URL`. */
export async function run(invocation: Invocation, host: Host): Promise<ExitCode> {
  const { positionals, values, origins } = invocation;
  refuseWithoutSource(values);
  if (values.prometheus) return (await import('./prometheus.js')).fitPrometheus(invocation, host);
  if (values.loadTest) return (await import('./load-tests.js')).fitLoadTests(invocation, host);
  const delivery = prepareDelivery(FIT_FORMATS, values, host);
  requireSources(positionals, values, host);
  const logs = values.merge
    ? await mergedProfiles(positionals, host)
    : await readWithProgress(positionals, values, host);
  const server = runningServer(values);
  const learnt = analyse(logs, server, values.detect ? await runningCpu(host, logs) : null);
  const compare = values.compare
    ? (await import('./compare.js')).compareWithLog(learnt, values, origins)
    : null;
  const result = { ...learnt, compare };
  const observed = fittedValues(result, values.ioRatio);
  const laws = learntLaws(result);
  const report: LogReport = {
    kind: 'logs',
    source: logs.files.join(', '),
    result,
    observed,
    laws,
    notes: result.notes,
    profile: () => profileOf(logs, observed, laws),
  };
  const code = await deliverReport(report, delivery, values, host);
  // What else the log tells has been said; what a plan needs most is not in it.
  if (!logs.format.tellsDurations) throw noDurations(logs.files.join(', '), logs.format);
  return code;
}

/** Options that say something of one kind of source alone, and would have no effect on another. */
const OF_SOURCE = {
  prometheus: ['query', 'since', 'step', 'tokenFile'],
  loadTest: ['generator'],
} as const;

function refuseWithoutSource(values: Values): void {
  for (const source of ['prometheus', 'loadTest'] as const) {
    const lone = values[source] ? undefined : OF_SOURCE[source].find((name) => values[name] !== undefined);
    if (lone !== undefined)
      throw new UsageError(`${flagOf(lone)} is for ${flagOf(source)}; give that, or leave it out`);
  }
}

function requireSources(positionals: readonly string[], { merge }: Values, host: Host): void {
  if (positionals.length === 0)
    throw new UsageError(
      merge
        ? 'LOG is missing: give profiles that wcalc fit --format profile wrote, as in "wcalc fit --merge a.json b.json"'
        : 'LOG is missing: give access logs, plain or packed by gzip, zstd or bzip2, or - for stdin, as in "wcalc fit access.log"',
    );
  const said = { where: 'LOG', one: 'log', accepted: 'log files, or - for stdin' };
  requireFiles(positionals, said, (name) => host.files.status(name) !== null);
}

async function readWithProgress(names: readonly string[], values: Values, host: Host): Promise<ReadLogs> {
  const bar = await progressBar(host, 'reading', values.quiet ?? false);
  const begun = host.now();
  const hints = { logFormat: values.logFormat, columns: values.column ?? [] };
  const progress: ReadProgress = {
    update(done, total) {
      const perSecond = done / Math.max(1, host.now() - begun);
      const left =
        total === null ? '' : `, ${Math.ceil(Math.max(0, total - done) / perSecond / 1000)} s left`;
      bar.update(total ? done / total : 0, `${Math.round((perSecond * 1000) / MIB)} MiB/s${left}`);
    },
  };
  return readLogs(host, names, hints, progress, inThreads(host)).finally(() => bar.stop());
}

async function mergedProfiles(names: readonly string[], host: Host): Promise<ReadLogs> {
  const { mergeProfiles, parseProfile } = await import('../../observe/logs/profile/read-profile.js');
  const dash = names.find((name) => name === '-');
  if (dash !== undefined)
    throw new UsageError('--merge: profiles are read from files, not from stdin; give their names');
  return mergeProfiles(
    names.map((file) => ({ file, profile: parseProfile(file, host.files.readText(file)) })),
  );
}

/** With `--detect`, the CPU time of the workers that wrote the log and still run. */
async function runningCpu(host: Host, { tally }: ReadLogs): Promise<CpuOfProcesses | null> {
  const { servers } = await (await import('../../observe/machine/detect.js')).detect(host);
  const { firstMs, lastMs, processes } = tally;
  return cpuOfProcesses(servers, processes, {
    firstMs,
    lastMs,
    nowMs: host.wallClock(),
    machine: host.machineName,
  });
}
