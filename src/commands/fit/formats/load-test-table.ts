import type { LoadTestReport } from '../../../observe/fit-report.js';
import type { Interval } from '../../../observe/load-tests/explaining/explain.js';
import type { LoadTestResult } from '../../../observe/load-tests/result.js';
import type { Coefficient } from '../../../observe/load-tests/scalability.js';
import type { RenderContext } from '../../../output/deliver.js';
import { table } from '../../../output/table.js';
import { count, milliseconds, percent, perSecond, significant, UNKNOWN } from '../../../text/numbers.js';
import { printable } from '../../../text/printable.js';
import { wrap } from '../../../text/wrap.js';
import { errorText, factsText, joinedParts, type Row, unknownsText } from './text.js';

/** What was learnt from load tests, for people. */
export function loadTestTable({ result }: LoadTestReport, context: RenderContext): string {
  const parts = [steps(result, context), facts(result, context), comparison(result, context)];
  if (!context.quiet) parts.push(unknowns(result, context));
  return joinedParts(parts);
}

function steps({ steps }: LoadTestResult, context: RenderContext): string {
  return table({
    columns: [
      { title: 'Step' },
      { title: 'Tool', dropFirst: 5 },
      { title: 'Loop', dropFirst: 4 },
      { title: 'Users', align: 'right' },
      { title: 'Throughput', align: 'right' },
      { title: 'Errors', align: 'right', dropFirst: 3 },
      { title: 'Mean', align: 'right' },
      { title: 'p50', align: 'right', dropFirst: 6 },
      { title: 'p95', align: 'right', dropFirst: 1 },
      { title: 'p99', align: 'right', dropFirst: 2 },
    ],
    rows: steps.map(({ source, tool, loop, users, throughputPerSecond, errorShare, times, omitsWaiting }) => {
      // Percentiles that leave out waiting are marked.
      const mark = omitsWaiting ? '*' : '';
      const marked = (value: number | null): string =>
        value === null ? UNKNOWN : `${milliseconds(value)}${mark}`;
      return [
        printable(source),
        tool,
        loop,
        count(users),
        perSecond(throughputPerSecond),
        percent(errorShare),
        milliseconds(times.meanMs),
        marked(times.p50Ms),
        marked(times.p95Ms),
        marked(times.p99Ms),
      ];
    }),
    width: context.width,
    style: context.style,
    unicode: context.unicode,
  });
}

function facts(result: LoadTestResult, context: RenderContext): string {
  const rows = [...scalabilityRows(result), ...explanationRows(result)];
  return rows.length === 0 ? '' : factsText(rows, context);
}

function scalabilityRows({ scalability }: LoadTestResult): Row[] {
  if (!scalability) return [];
  const { by, ratePerSecond, contention, coherency, peak, peakWasTested } = scalability;
  const where = peakWasTested ? '' : ', beyond what was tested';
  const peakText =
    peak.peakWorkers === null || peak.peakThroughput === null
      ? peak.amdahlLimit === null
        ? 'none: throughput grows in step with the load'
        : `none: throughput approaches ${perSecond(peak.amdahlLimit)}`
      : `${perSecond(peak.peakThroughput)} at ${significant(peak.peakWorkers)} ${by}${where}`;
  return [
    [
      'scalability',
      `one: ${coefficient(ratePerSecond)}/s, contention σ ${coefficient(contention)}, coherency κ ${coefficient(coherency)} (Universal Scalability Law by ${by})`,
    ],
    ['peak', peakText],
  ];
}

const coefficient = ({ value, low95, high95 }: Coefficient): string =>
  low95 === null || high95 === null
    ? significant(value)
    : `${significant(value)} [${significant(low95)}, ${significant(high95)}]`;

function explanationRows({ explanation }: LoadTestResult): Row[] {
  if (!explanation) return [];
  const { cpuMs, ioMs, cv, relativeError, measurements } = explanation;
  return [
    ['CPU time', interval(cpuMs)],
    ['I/O waiting', interval(ioMs)],
    ...(cv
      ? ([
          ['variation', `CV ${significant(cv.value)} [${significant(cv.low95)}, ${significant(cv.high95)}]`],
        ] as const)
      : []),
    ['explains', `${measurements} measurements with a typical error of ${percent(relativeError)}`],
  ];
}

const interval = ({ value, low95, high95 }: Interval): string =>
  `${milliseconds(value)} [${milliseconds(low95)}, ${milliseconds(high95)}]`;

function comparison({ comparison }: LoadTestResult, context: RenderContext): string {
  if (!comparison) return '';
  return table({
    columns: [
      { title: 'Step' },
      { title: 'Quantity' },
      { title: 'Predicted', align: 'right' },
      { title: 'Measured', align: 'right' },
      { title: 'Error', align: 'right', dropFirst: 1 },
    ],
    rows: comparison.flatMap(({ source, rows }) =>
      rows.map(({ quantity, predicted, measured, error }, n) => {
        const shown = quantity === 'throughput' ? perSecond : milliseconds;
        return [
          n === 0 ? printable(source) : '',
          quantity,
          shown(predicted),
          shown(measured),
          errorText(error),
        ];
      }),
    ),
    width: context.width,
    style: context.style,
    unicode: context.unicode,
  });
}

function unknowns({ unknowns, steps }: LoadTestResult, { style, width }: RenderContext): string {
  const marked = steps.some(({ omitsWaiting }) => omitsWaiting)
    ? [
        wrap(
          '* percentiles of those who were sent; the generator waited meanwhile (coordinated omission)',
          width,
        ),
      ]
    : [];
  const open = unknownsText('Not in these steps', unknowns, { style, width });
  return [...marked, ...(open === '' ? [] : [open])].join('\n');
}
