import { SourceError } from '../../host/errors.js';
import type { WorkerClass } from '../../servers/gunicorn/worker-class.js';
import type { CpuOfProcesses } from './cpu-of-processes.js';
import { empiricalLaw } from './empirical.js';
import { fittedLaws } from './laws.js';
import { type LogHistogram, quantiles, RELATIVE_ERROR } from './log-histogram.js';
import { type Moments, variation } from './moments.js';
import type { ReadLogs } from './read-logs.js';
import { type RouteTable, routeQuantile } from './routes.js';
import { MOST_PIDS, type PidTally, type Tally } from './tally.js';
import { type Timeline, timelineOf } from './timeline.js';
import type { Current, DurationSummary, FitResult, Processes, RouteSummary } from './types.js';
import { unknownsOf } from './unknowns.js';

/** What the user says of the running server. */
export interface RunningServer {
  readonly workerClass: WorkerClass | null;
  readonly workers: number | null;
  readonly threads: number | null;
}

const MOST_BROKEN = 0.5;

/** From what was counted to what it means. Throws a SourceError where most lines are broken or no request is left. */
export function analyse(
  logs: ReadLogs,
  server: RunningServer,
  running: CpuOfProcesses | null = null,
): FitResult {
  const { tally, format } = logs;
  requireRequests(logs);
  const service = summaryOf(tally.durations, tally.histogram)!;
  const cpu = summaryOf(tally.cpu, tally.cpuHistogram);
  const timeline = timelineOf(
    tally.grid,
    tally.durations.count,
    tally.firstMs,
    tally.lastMs,
    !tally.fractions,
  );
  const processes = processesOf(tally.pids);
  const current = currentOf(server, timeline, service);
  return {
    log: {
      files: logs.files,
      bytes: logs.bytes,
      format: format.name,
      basis: format.basis,
      lines: tally.lines,
      requests: tally.durations.count,
      brokenLines: tally.broken,
      brokenExamples: logs.examples,
      withoutDuration: tally.withoutDuration,
      firstMs: timeline ? tally.firstMs : null,
      lastMs: timeline ? tally.lastMs : null,
      statusShares: statusShares(tally),
    },
    arrivals: timeline?.arrivals ?? null,
    service,
    laws: fittedLaws(tally.durations, tally.logDurations, tally.histogram),
    cpu,
    io: summaryOf(tally.io, tally.ioHistogram),
    ioRatio: ioRatioOf(service, cpu?.meanMs ?? running?.cpuMs ?? null),
    routes: routesOf(tally.routes, service.meanMs * service.count),
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
  if (tally.broken > MOST_BROKEN * tally.lines) {
    const [first] = examples;
    const example = first ? `, such as ${first.file}:${first.line} (${first.why}): ${first.text}` : '';
    throw new SourceError(
      `${name}: ${tally.broken} of ${tally.lines} lines do not have the format "${format.name}"${example}; give the right one with --log-format`,
    );
  }
  if (tally.durations.count === 0)
    throw new SourceError(`${name}: no line tells a duration; accepted: access logs with durations`);
}

function summaryOf(moments: Moments, histogram: LogHistogram): DurationSummary | null {
  if (moments.count === 0) return null;
  const [p50, p90, p95, p99, p999] = quantiles(histogram, [0.5, 0.9, 0.95, 0.99, 0.999]).map((value) =>
    Math.min(moments.largest, Math.max(moments.smallest, value)),
  );
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

/** Routes by the share of time they take. */
function routesOf(table: RouteTable, totalMs: number): RouteSummary[] {
  return [...table.byName]
    .map(([route, tally]) => ({
      route,
      requests: tally.count,
      meanMs: tally.totalMs / tally.count,
      p95Ms: routeQuantile(tally, 0.95),
      maxMs: tally.largestMs,
      timeShare: totalMs > 0 ? tally.totalMs / totalMs : 0,
    }))
    .sort((a, b) => b.timeShare - a.timeShare || (a.route < b.route ? -1 : 1));
}

function processesOf(pids: ReadonlyMap<number, PidTally>): Processes | null {
  if (pids.size === 0 || pids.size >= MOST_PIDS) return null;
  const total = [...pids.values()].reduce((sum, { count }) => sum + count, 0);
  const shares = [...pids]
    .map(([pid, { count, totalMs }]) => ({
      pid,
      requests: count,
      share: count / total,
      meanMs: totalMs / count,
    }))
    .sort((a, b) => b.requests - a.requests);
  return { pids: shares, count: pids.size, skew: (shares[0]!.requests * pids.size) / total };
}

const NEARLY_ALL = 0.95;

function currentOf(
  server: RunningServer,
  timeline: Timeline | null,
  service: DurationSummary,
): Current | null {
  const { workers, workerClass } = server;
  const unlimited =
    workerClass !== null && workerClass !== 'sync' && workerClass !== 'gthread' && workerClass !== 'tornado';
  if (workers === null || !timeline?.concurrency || unlimited) return null;
  const threads = workerClass === 'sync' ? 1 : (server.threads ?? 1);
  const slots = workers * threads;
  const peak = timeline.arrivals.busiestMinute?.perSecond;
  return {
    workerClass,
    workers,
    threads,
    slots,
    utilization: timeline.concurrency.mean / slots,
    peakUtilization: peak === undefined ? null : (peak * service.meanMs) / 1000 / slots,
    saturatedShare: timeline.concurrency.shareAbove(NEARLY_ALL * slots),
  };
}

function statusShares({ statuses }: Tally): Record<string, number> {
  const total = statuses.reduce((sum, count) => sum + count, 0);
  const shares: Record<string, number> = {};
  statuses.forEach((count, digit) => {
    if (count > 0) shares[`${digit}xx`] = count / total;
  });
  return shares;
}

const LONG_GAP = 0.5;

function oddities(tally: Tally, timeline: Timeline | null): string[] {
  const notes: string[] = [];
  if (tally.backwards > 0)
    notes.push(
      `${tally.backwards} time stamps go back by more than a second; the order of lines does not matter`,
    );
  if (timeline && timeline.longestGapSeconds > Math.max(3600, LONG_GAP * timeline.arrivals.spanSeconds))
    notes.push(
      `${Math.round(timeline.longestGapSeconds / 3600)} h without a request are more than half of the log's span, and lower the mean rate`,
    );
  if (tally.withoutDuration > 0)
    notes.push(`${tally.withoutDuration} requests have no duration and are left out`);
  return notes;
}
