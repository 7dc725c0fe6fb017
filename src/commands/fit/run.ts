import { SourceError, UsageError } from '../../host/errors.js';
import { EXIT, type ExitCode } from '../../host/exit.js';
import type { Host } from '../../host/host.js';
import type { Invocation } from '../../input/command.js';
import { analyse } from '../../observe/logs/analyse.js';
import { type CpuOfProcesses, cpuOfProcesses } from '../../observe/logs/cpu-of-processes.js';
import { type ReadLogs, readLogs } from '../../observe/logs/read-logs.js';
import { fittedValues } from '../../observe/logs/values.js';
import { prepareDelivery } from '../../output/deliver.js';
import { progressBar } from '../../output/progress.js';
import { notice } from '../../text/notice.js';
import { FIT_FORMATS } from './formats/formats.js';

const MIB = 1024 * 1024;

/** `wcalc fit LOG…`. */
export async function run({ positionals, values, origins }: Invocation, host: Host): Promise<ExitCode> {
  const delivery = prepareDelivery(FIT_FORMATS, values, host);
  if (positionals.length === 0)
    throw new UsageError(
      'LOG is missing: give access logs, plain or gzip, or - for stdin, as in "wcalc fit access.log"',
    );
  const twice = positionals.find((name, n) => positionals.indexOf(name) < n);
  if (twice !== undefined)
    throw new UsageError(`LOG: ${twice} is given twice and would count twice; give each log once`);
  for (const name of positionals) {
    if (name !== '-' && host.files.status(name) === null)
      throw new SourceError(
        `${name}: there is no such file, or it may not be read; accepted: log files, or - for stdin`,
      );
  }
  const bar = await progressBar(host, 'reading', values.quiet ?? false);
  const begun = host.now();
  const hints = { logFormat: values.logFormat, columns: values.column ?? [] };
  const logs = await readLogs(host, positionals, hints, {
    update(done, total) {
      const perSecond = done / Math.max(1, host.now() - begun);
      const left =
        total === null ? '' : `, ${Math.ceil(Math.max(0, total - done) / perSecond / 1000)} s left`;
      bar.update(total ? done / total : 0, `${Math.round((perSecond * 1000) / MIB)} MiB/s${left}`);
    },
  }).finally(() => bar.stop());
  const server = {
    workerClass: values.workerClass && values.workerClass !== 'auto' ? values.workerClass : null,
    workers: values.workers ?? null,
    threads: values.threads ?? null,
  };
  const learnt = analyse(logs, server, values.detect ? await runningCpu(host, logs) : null);
  const compare = values.compare
    ? (await import('./compare.js')).compareWithLog(learnt, values, origins)
    : null;
  const result = { ...learnt, compare };
  await delivery.write({ result, observed: fittedValues(result, values.ioRatio) });
  if (!values.quiet && delivery.format !== 'json')
    for (const note of result.notes) host.stderr.write(notice(`note: ${note}`));
  return EXIT.done;
}

/** With `--detect`, the CPU time of the workers that wrote the log and still run. */
async function runningCpu(host: Host, { tally }: ReadLogs): Promise<CpuOfProcesses | null> {
  const { servers } = await (await import('../../observe/machine/detect.js')).detect(host);
  const { firstMs, lastMs, pids } = tally;
  return cpuOfProcesses(servers, pids, { firstMs, lastMs, nowMs: host.wallClock() });
}
