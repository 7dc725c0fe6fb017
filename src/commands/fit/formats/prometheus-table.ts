import type { PrometheusReport } from '../../../observe/fit-report.js';
import type {
  BucketedQuantile,
  PrometheusResult,
  SeenDurations,
} from '../../../observe/prometheus/result.js';
import type { RenderContext } from '../../../output/deliver.js';
import { mebibytes, milliseconds, percent, perSecond, significant } from '../../../text/numbers.js';
import { printable } from '../../../text/printable.js';
import { counted } from '../../../text/sentences.js';
import { fitText, instant } from './table.js';
import { factsText, joinedParts, type Row, unknownsText } from './text.js';

/** What was learnt from a Prometheus, for people. */
export function prometheusTable({ result }: PrometheusReport, context: RenderContext): string {
  const rows = [
    ...sourceRows(result),
    ...rateRows(result),
    ...durationRows(result),
    ...cpuRows(result),
    ...memoryRows(result),
  ];
  const unknowns = context.quiet ? '' : unknownsText('Not in these metrics', result.unknowns, context);
  return joinedParts([factsText(rows, context), unknowns]);
}

function sourceRows({ source, metrics, requests, processes, rate }: PrometheusResult): Row[] {
  const names = metrics.map(({ name, exporter }) => printable(`${name} (${exporter})`)).join(', ');
  const rows: Row[] = [['prometheus', `${printable(source)}: ${names}`]];
  if (rate) rows.push(['time', `${instant(rate.firstMs)} to ${instant(rate.lastMs)}`]);
  if (requests !== null && processes !== null)
    rows.push([
      'requests',
      `${Math.round(requests)}, counted by ${processes === 1 ? '1 process' : `${processes} processes`}`,
    ]);
  return rows;
}

function rateRows({ rate }: PrometheusResult): Row[] {
  if (!rate) return [];
  const { meanPerSecond, busiest, busiestHour, peakToMean } = rate;
  const window = busiest.windowSeconds === 60 ? 'minute' : `${significant(busiest.windowSeconds)} s`;
  const parts = [
    `mean ${perSecond(meanPerSecond)}`,
    `busiest ${window} ${perSecond(busiest.perSecond)} (${instant(busiest.atMs)})`,
    ...(busiestHour ? [`busiest hour ${perSecond(busiestHour.perSecond)}`] : []),
    `peak to mean ${significant(peakToMean)}`,
  ];
  return [['rate', parts.join(', ')]];
}

function durationRows({ durations, basis }: PrometheusResult): Row[] {
  if (!durations) return [];
  const rows: Row[] = [
    [basis === 'response' ? 'response time' : 'service time', `mean ${meanText(durations)}`],
  ];
  const { quantiles, laws } = durations;
  if (quantiles) {
    const { p50, p90, p95, p99 } = quantiles;
    rows.push([
      'percentiles',
      `p50 ${within(p50)}, p90 ${within(p90)}, p95 ${within(p95)}, p99 ${within(p99)} (each with the ends of its bucket)`,
    ]);
  }
  const [best, ...others] = laws;
  if (best) rows.push(['best fit', `${fitText(best, others)}, as far as buckets tell`]);
  return rows;
}

function meanText({ meanMs, meanIsExact, cv }: SeenDurations): string {
  const about = meanIsExact ? '' : 'about ';
  if (!cv) return `${about}${milliseconds(meanMs)}`;
  const most = cv.high === null ? 'without bound' : `to ${significant(cv.high)}`;
  return `${about}${milliseconds(meanMs)}, CV ${significant(cv.value)} (the buckets allow ${significant(cv.low)} ${most})`;
}

const within = ({ valueMs, lowMs, highMs }: BucketedQuantile): string =>
  highMs === null
    ? `${milliseconds(valueMs)} [above ${milliseconds(lowMs)}]`
    : `${milliseconds(valueMs)} [${milliseconds(lowMs)}, ${milliseconds(highMs)}]`;

function cpuRows({ cpuMs, ioRatio }: PrometheusResult): Row[] {
  const rows: Row[] = [];
  if (cpuMs !== null) rows.push(['CPU time', `${milliseconds(cpuMs)} per request`]);
  if (ioRatio !== null) rows.push(['I/O ratio', percent(ioRatio)]);
  return rows;
}

function memoryRows({ memory }: PrometheusResult): Row[] {
  if (!memory) return [];
  const { processes, typicalMiB, largestMiB, largestProcess, growth } = memory;
  const which = largestProcess === '' ? '' : ` (${printable(largestProcess)})`;
  const rows: Row[] = [
    [
      'memory',
      processes === 1
        ? `most ${mebibytes(largestMiB)}${which}, usually ${mebibytes(typicalMiB)}`
        : `most ${mebibytes(largestMiB)}${which} of ${processes} processes, which usually have ${mebibytes(typicalMiB)}`,
    ],
  ];
  if (growth?.perHourMiB === 0)
    rows.push(['growth', `none that is clear, in ${counted(growth.lives, 'life')} of a process`]);
  else if (growth) {
    const { perHourMiB, perThousandRequestsMiB, lowPerHourMiB, highPerHourMiB, lives, warmMiB } = growth;
    const range = lives > 1 ? `, from ${significant(lowPerHourMiB)} to ${significant(highPerHourMiB)}` : '';
    const each =
      perThousandRequestsMiB === null ? '' : `, ${significant(perThousandRequestsMiB)} MiB per 1000 requests`;
    rows.push([
      'growth',
      `${significant(perHourMiB)} MiB per hour${range}${each}; ${mebibytes(warmMiB)} before it grew`,
    ]);
  }
  return rows;
}
