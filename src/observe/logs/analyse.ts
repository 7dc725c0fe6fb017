import { SourceError } from '../../host/errors.js';
import { MEDIUM, relativeErrorOf } from '../../math/statistics/histogram.js';
import { variation } from '../../math/statistics/moments.js';
import type { FixedConfiguration } from '../../profile/types.js';
import type { Kind } from '../../servers/server.js';
import { counted } from '../../text/sentences.js';
import { listed, MOST_PROCESSES, type ProcessTable } from './counting/processes.js';
import { type RouteTable, routeQuantile } from './counting/routes.js';
import type { Durations, LogTotals } from './counting/tally.js';
import type { CpuOfProcesses } from './cpu-of-processes.js';
import { empiricalLaw } from './empirical.js';
import type { Current, DurationSummary, FitResult, Processes, RouteSummary } from './fit-result.js';
import { fittedLaws } from './laws.js';
import type { ReadLogs } from './reading/read-logs.js';
import { type Timeline, timelineOf } from './timeline.js';
import { unknownsOf } from './unknowns.js';

/** What the user says of the running server. */
export interface RunningServer extends FixedConfiguration {
  /** Requests in service per process; null where neither class nor server is known. */
  readonly concurrency: Kind['concurrency'] | null;
}

/** Largest relative error of the percentiles. */
const RELATIVE_ERROR = relativeErrorOf(MEDIUM);
const MOST_BROKEN = 0.5;
/** Of a format that leaves no doubt most lines may be of other programs. */
const MOST_FOREIGN = 0.95;

/** From what was counted to what it means. Throws a SourceError where most lines are broken or no request is left. */
export function analyse(
  logs: ReadLogs,
  server: RunningServer,
  running: CpuOfProcesses | null = null,
): FitResult {
  const { tally, format } = logs;
  requireRequests(logs);
  const service = summaryOf(tally.durations);
  const cpu = summaryOf(tally.cpu);
  const timeline = timelineOf(tally);
  const processes = processesOf(tally.processes, service !== null);
  const current = currentOf(server, timeline, service);
  const laws = fittedLaws(tally.durations.moments, tally.logDurations, tally.durations.histogram);
  return {
    log: {
      files: logs.files,
      bytes: logs.bytes,
      format: format.name,
      basis: format.basis,
      lines: tally.lines,
      requests: tally.requests,
      brokenLines: tally.broken,
      brokenExamples: logs.examples,
      otherLines: tally.other,
      withoutDuration: tally.withoutDuration,
      firstMs: timeline ? tally.firstMs : null,
      lastMs: timeline ? tally.lastMs : null,
      statusShares: statusShares(tally),
    },
    arrivals: timeline?.arrivals ?? null,
    service,
    laws,
    cpu,
    io: summaryOf(tally.io),
    ioRatio: service && ioRatioOf(service, cpu?.meanMs ?? running?.cpuMs ?? null),
    routes: routesOf(tally.routes, service),
    processes,
    concurrency: timeline?.concurrency ?? null,
    current,
    compare: null,
    unknowns: unknownsOf(logs, { cpu: cpu !== null || running !== null, timeline, processes, current }),
    notes: [...logs.notes, ...oddities(tally, timeline), ...runningNotes(running)],
    relativeError: RELATIVE_ERROR,
  };
}

const ioRatioOf = (service: DurationSummary, cpuMs: number | null): number | null =>
  cpuMs === null || service.meanMs === 0 ? null : Math.min(1, Math.max(0, 1 - cpuMs / service.meanMs));

const runningNotes = (running: CpuOfProcesses | null): string[] =>
  running === null
    ? []
    : [
        `the I/O ratio is from the CPU time of ${running.processes} running workers, ${running.cpuMs.toPrecision(3)} ms for each of their ${running.requests} requests, loading the application included`,
      ];

function requireRequests({ tally, files, examples, format }: ReadLogs): void {
  const name = files.length === 1 ? files[0]! : `${files.length} logs`;
  if (tally.broken > (format.certain ? MOST_FOREIGN : MOST_BROKEN) * tally.lines) {
    const [first] = examples;
    const example = first ? `, such as ${first.file}:${first.line} (${first.why}): ${first.text}` : '';
    throw new SourceError(
      `${name}: ${tally.broken} of ${tally.lines} lines do not have the format "${format.name}"${example}; give the right one with --log-format`,
    );
  }
  if (tally.requests === 0)
    throw new SourceError(`${name}: no line tells a duration; accepted: access logs with durations`);
}

function summaryOf({ moments, histogram }: Durations): DurationSummary | null {
  if (moments.count === 0) return null;
  const [p50, p90, p95, p99, p999] = histogram
    .quantiles([0.5, 0.9, 0.95, 0.99, 0.999])
    .map((value) => Math.min(moments.largest, Math.max(moments.smallest, value)));
  return {
    count: moments.count,
    meanMs: moments.mean,
    cv: variation(moments),
    minMs: moments.smallest,
    p50Ms: p50!,
    p90Ms: p90!,
    p95Ms: p95!,
    p99Ms: p99!,
    p999Ms: p999!,
    maxMs: moments.largest,
    empirical: empiricalLaw(histogram, moments),
  };
}

/** Routes by the share of time they take, or by their requests where no times are known. */
function routesOf(table: RouteTable, service: DurationSummary | null): RouteSummary[] {
  const totalMs = service ? service.meanMs * service.count : 0;
  return [...table.byName]
    .map(([route, tally]) => ({
      route,
      requests: tally.count,
      meanMs: service && tally.totalMs / tally.count,
      p95Ms: service && routeQuantile(tally, 0.95),
      maxMs: service && tally.largestMs,
      timeShare: service && (totalMs > 0 ? tally.totalMs / totalMs : 0),
    }))
    .sort(
      (a, b) =>
        (b.timeShare ?? 0) - (a.timeShare ?? 0) ||
        (service ? 0 : b.requests - a.requests) ||
        (a.route < b.route ? -1 : 1),
    );
}

/** Processes by their requests; their machines are told where there are several. */
function processesOf(table: ProcessTable, timed: boolean): Processes | null {
  const processes = listed(table);
  if (processes.length === 0 || [...table.values()].some(({ size }) => size >= MOST_PROCESSES)) return null;
  const total = processes.reduce((sum, { count }) => sum + count, 0);
  const shares = processes
    .sort(
      (a, b) =>
        b.count - a.count || (a.machine === b.machine ? a.pid - b.pid : a.machine < b.machine ? -1 : 1),
    )
    .map(({ machine, pid, count, totalMs }) => ({
      ...(table.size > 1 && { host: machine }),
      pid,
      requests: count,
      share: count / total,
      meanMs: timed ? totalMs / count : null,
    }));
  return { pids: shares, count: shares.length, skew: (shares[0]!.requests * shares.length) / total };
}

const NEARLY_ALL = 0.95;

function currentOf(
  server: RunningServer,
  timeline: Timeline | null,
  service: DurationSummary | null,
): Current | null {
  const { workers, workerClass, concurrency } = server;
  const unlimited = concurrency === 'connections' || concurrency === 'unlimited';
  if (workers === null || !timeline?.concurrency || !service || unlimited) return null;
  const threads = concurrency === 'one' ? 1 : (server.threads ?? 1);
  const slots = workers * threads;
  const peak = timeline.arrivals.busiestMinute?.perSecond;
  return {
    workerClass,
    workers,
    threads,
    slots,
    utilization: timeline.concurrency.mean / slots,
    peakUtilization: peak === undefined ? null : (peak * service.meanMs) / 1000 / slots,
    saturatedShare: timeline.shareAbove(NEARLY_ALL * slots),
  };
}

function statusShares({ statuses }: LogTotals): Record<string, number> {
  const total = statuses.reduce((sum, count) => sum + count, 0);
  const shares: Record<string, number> = {};
  statuses.forEach((count, digit) => {
    if (count > 0) shares[`${digit}xx`] = count / total;
  });
  return shares;
}

const LONG_GAP = 0.5;

/** What is odd about logs and changes what they mean. */
function oddities(tally: LogTotals, timeline: Timeline | null): string[] {
  const notes: string[] = [];
  if (tally.backwards)
    notes.push('time stamps go back by more than a second; the order of lines does not matter');
  if (timeline && timeline.longestGapSeconds > Math.max(3600, LONG_GAP * timeline.arrivals.spanSeconds))
    notes.push(
      `${Math.round(timeline.longestGapSeconds / 3600)} h without a request are more than half of the log's span, and lower the mean rate`,
    );
  if (tally.withoutDuration > 0)
    notes.push(
      `${counted(tally.withoutDuration, 'request')} ${tally.withoutDuration === 1 ? 'has' : 'have'} no duration and ${tally.withoutDuration === 1 ? 'is' : 'are'} left out`,
    );
  if (tally.other > 0)
    notes.push(`${counted(tally.other, 'line')} of other kinds ${tally.other === 1 ? 'is' : 'are'} left out`);
  return notes;
}
