import type { LogReport } from '../../../observe/fit-report.js';
import type { DurationSummary, FitResult } from '../../../observe/logs/fit-result.js';
import type { FittedLaw } from '../../../observe/logs/laws.js';
import type { RenderContext } from '../../../output/deliver.js';
import { table } from '../../../output/table.js';
import { milliseconds, percent, perSecond, significant } from '../../../text/numbers.js';
import { printable } from '../../../text/printable.js';
import { counted } from '../../../text/sentences.js';
import { wrap } from '../../../text/wrap.js';
import { errorText, factsText, joinedParts, type Row, unknownsText } from './text.js';

const ROUTES_SHOWN = 10;
const PROCESSES_SHOWN = 8;

/** What was learnt from logs, for people. */
export function logTable({ result }: LogReport, context: RenderContext): string {
  const parts = [facts(result, context), routes(result, context)];
  if (result.processes) parts.push(processes(result, context));
  if (result.compare) parts.push(comparison(result, context));
  if (!context.quiet) parts.push(remarks(result, context));
  return joinedParts(parts);
}

const facts = (result: FitResult, context: RenderContext): string =>
  factsText(
    [...logRows(result), ...arrivalRows(result), ...serviceRows(result), ...currentRows(result)],
    context,
  );

function logRows({ log, service }: FitResult): Row[] {
  const broken = log.brokenLines > 0 ? `, ${counted(log.brokenLines, 'broken line')}` : '';
  const other = log.otherLines > 0 ? `, ${counted(log.otherLines, 'line')} of other kinds` : '';
  const rows: Row[] = [
    [
      'log',
      `${counted(log.requests, 'request')} in ${counted(log.lines, 'line')}${broken}${other}; ${printable(log.format)}`,
    ],
  ];
  if (log.firstMs !== null && log.lastMs !== null)
    rows.push(['time', `${instant(log.firstMs)} to ${instant(log.lastMs)}`]);
  // Where the times are known, the routes and the service time say more.
  const statuses = Object.entries(log.statusShares);
  if (service === null && statuses.length > 0)
    rows.push(['statuses', statuses.map(([name, share]) => `${name} ${percent(share)}`).join(', ')]);
  return rows;
}

/** A time in UTC, without needless fractions. */
export const instant = (ms: number): string => new Date(ms).toISOString().replace(/\.000Z$/, 'Z');

function arrivalRows({ arrivals, concurrency }: FitResult): Row[] {
  if (!arrivals) return [];
  const { busiestMinute, busiestHour, peakToMean } = arrivals;
  const peaks = [
    busiestMinute && `busiest minute ${perSecond(busiestMinute.perSecond)} (${instant(busiestMinute.atMs)})`,
    busiestHour && `busiest hour ${perSecond(busiestHour.perSecond)}`,
    peakToMean && `peak to mean ${significant(peakToMean)}`,
  ].filter(Boolean);
  const mean = arrivals.meanPerSecond === null ? 'not known' : `mean ${perSecond(arrivals.meanPerSecond)}`;
  const rows: Row[] = [['rate', [mean, ...peaks].join(', ')]];
  if (arrivals.indexOfDispersion.length > 0) {
    const indices = arrivals.indexOfDispersion.map(
      ({ windowSeconds, value }) => `${significant(value)} over ${windowSeconds} s`,
    );
    rows.push(['burstiness', `index of dispersion ${indices.join(', ')} (Poisson arrivals: 1)`]);
  }
  if (concurrency) {
    const { mean, p50, p95, max, cellSeconds } = concurrency;
    const each = `mean of ${cellSeconds === 1 ? 'each second' : `each ${cellSeconds} s`}`;
    rows.push([
      'busy workers',
      `mean ${significant(mean)}, p50 ${significant(p50)}, p95 ${significant(p95)}, most ${significant(max)} (${each})`,
    ]);
  }
  return rows;
}

function serviceRows({ log, service, laws, cpu, io, ioRatio, relativeError }: FitResult): Row[] {
  if (!service) return [['durations', 'not in this log']];
  const what = log.basis === 'service' ? 'service time' : 'response time';
  const rows: Row[] = [[what, `${timesOf(service)} (percentiles ±${percent(relativeError)})`]];
  const [best, ...others] = laws;
  if (best) rows.push(['best fit', fitText(best, others)]);
  if (cpu) rows.push(['CPU time', `mean ${milliseconds(cpu.meanMs)}, CV ${significant(cpu.cv)}`]);
  if (io) rows.push(['I/O waiting', `mean ${milliseconds(io.meanMs)}, CV ${significant(io.cv)}`]);
  if (ioRatio !== null) rows.push(['I/O ratio', percent(ioRatio)]);
  return rows;
}

const timesOf = ({ meanMs, cv, p50Ms, p95Ms, p99Ms, maxMs }: DurationSummary): string =>
  `mean ${milliseconds(meanMs)}, CV ${significant(cv)}, p50 ${milliseconds(p50Ms)}, p95 ${milliseconds(p95Ms)}, p99 ${milliseconds(p99Ms)}, max ${milliseconds(maxMs)}`;

/** A law whose distribution function is further from the sample's than this does not describe it. */
const BAD_FIT = 0.1;

export function fitText(best: FittedLaw, others: readonly FittedLaw[]): string {
  if (best.law.kind === 'deterministic') return 'constant: every request takes the same time';
  const cvText = 'cv' in best.law ? `, CV ${significant(best.law.cv)}` : '';
  const bad = best.distance > BAD_FIT ? 'none is good; the closest is ' : '';
  // The same kind with other parameters tells nothing of how clear the choice of the kind is.
  const rest = others
    .filter(({ law }) => law.kind !== best.law.kind)
    .slice(0, 2)
    .map(({ law, distance }) => `${law.kind} ${significant(distance, 2)}`);
  const beside = rest.length > 0 ? ` (next: ${rest.join(', ')})` : '';
  return `${bad}${best.law.kind}${cvText}, largest distance ${significant(best.distance, 2)}${beside}`;
}

function currentRows({ current }: FitResult): Row[] {
  if (!current) return [];
  const { workers, threads, slots, utilization, peakUtilization, saturatedShare } = current;
  const peak = peakUtilization === null ? '' : `, ${percent(peakUtilization)} in the busiest minute`;
  return [
    [
      'saturation',
      `${workers} × ${threads} = ${slots} slots: ${percent(utilization)} busy${peak}, nearly all busy ${percent(saturatedShare)} of the time`,
    ],
  ];
}

function routes({ routes }: FitResult, context: RenderContext): string {
  if (routes.length === 0) return '';
  const shown = table({
    columns: [
      { title: 'Route' },
      { title: 'Requests', align: 'right', dropFirst: 2 },
      { title: 'Mean', align: 'right' },
      { title: 'p95', align: 'right', dropFirst: 3 },
      { title: 'Max', align: 'right', dropFirst: 4 },
      { title: 'Share of time', align: 'right', dropFirst: 1 },
    ],
    rows: routes
      .slice(0, ROUTES_SHOWN)
      .map(({ route, requests, meanMs, p95Ms, maxMs, timeShare }) => [
        printable(route.length > 60 ? `${route.slice(0, 59)}…` : route),
        String(requests),
        milliseconds(meanMs),
        milliseconds(p95Ms),
        milliseconds(maxMs),
        percent(timeShare),
      ]),
    width: context.width,
    style: context.style,
    unicode: context.unicode,
  });
  const more = routes.length - ROUTES_SHOWN;
  return more > 0 ? `${shown}\n${context.style.faint(`and ${counted(more, 'more route')}`)}` : shown;
}

function processes({ processes }: FitResult, context: RenderContext): string {
  const { pids, count, skew } = processes!;
  const hasHosts = pids.some(({ host }) => host !== undefined);
  const busiest =
    count === 1
      ? '1 process served them all'
      : `${count} processes; the busiest has ${significant(skew)} times an even share`;
  const shown = table({
    columns: [
      ...(hasHosts ? [{ title: 'Host' }] : []),
      { title: 'Process', align: 'right' as const },
      { title: 'Requests', align: 'right', dropFirst: 2 },
      { title: 'Share', align: 'right' },
      { title: 'Mean', align: 'right', dropFirst: 1 },
    ],
    rows: pids
      .slice(0, PROCESSES_SHOWN)
      .map(({ host, pid, requests, share, meanMs }) => [
        ...(hasHosts ? [printable(host ?? '')] : []),
        String(pid),
        String(requests),
        percent(share),
        milliseconds(meanMs),
      ]),
    width: context.width,
    style: context.style,
    unicode: context.unicode,
  });
  return `${shown}\n${wrap(busiest, context.width)}`;
}

function comparison({ compare }: FitResult, context: RenderContext): string {
  const { rows, notes, prediction } = compare!;
  const shown = table({
    columns: [
      { title: 'Quantity' },
      { title: 'Predicted', align: 'right' },
      { title: 'Log', align: 'right' },
      { title: 'Error', align: 'right', dropFirst: 1 },
    ],
    rows: rows.map(({ quantity, predicted, observed, error }) => [
      quantity,
      quantity.endsWith('utilisation') ? percent(predicted) : milliseconds(predicted),
      quantity.endsWith('utilisation') ? percent(observed) : milliseconds(observed),
      errorText(error),
    ]),
    width: context.width,
    style: context.style,
    unicode: context.unicode,
  });
  return [
    shown,
    ...notes.map((note) => wrap(note, context.width)),
    context.style.faint(wrap(`model: ${prediction.method}`, context.width)),
  ].join('\n');
}

/** Broken lines, and what the log leaves open. */
function remarks({ log, unknowns }: FitResult, { style, width }: RenderContext): string {
  const broken = log.brokenExamples.map(
    ({ file, line, why, text }) =>
      `${style.warn('broken')}  ${printable(file)}:${line}: ${why}: ${printable(text)}`,
  );
  const parts = [broken.join('\n'), unknownsText('Not in this log', unknowns, { style, width })];
  return joinedParts(parts);
}
