import type { ClosedAnswer } from '../../queueing-command/closed.js';
import type { RenderContext } from '../deliver.js';
import { milliseconds, percent, perSecond, significant, UNKNOWN } from '../number.js';
import { table } from '../table.js';

/** A closed network for people: its throughput, then its stations. */
export function closedTable(answer: ClosedAnswer, { width, style, unicode }: RenderContext): string {
  const customers = `${answer.population} ${answer.population === 1 ? 'customer' : 'customers'}`;
  const { throughputPerSecond: flow, meanSojournMs: times } = answer.bounds;
  const totals = [
    ['throughput', perSecond(answer.throughputPerSecond), perSecond(flow.lower), perSecond(flow.upper)],
    ['mean time', milliseconds(answer.meanSojournMs), milliseconds(times.lower), milliseconds(times.upper)],
  ];
  const stations = answer.stations.map((station, i) => [
    String(i + 1),
    milliseconds(station.demandMs),
    String(station.servers),
    station.utilization === null ? UNKNOWN : percent(station.utilization),
    significant(station.meanNumber, 4),
    milliseconds(station.meanSojournMs),
  ]);
  const right = (title: string) => ({ title, align: 'right' as const });
  return [
    style.strong(`Closed network, ${customers}, thinking for ${milliseconds(answer.thinkTimeMs)}`),
    table({
      columns: [{ title: 'network' }, right('value'), right('at least'), right('at most')],
      rows: totals,
      width,
      style,
      unicode,
    }),
    table({
      columns: [
        { title: 'station' },
        ...['demand', 'servers', 'utilisation', 'mean number', 'mean time'].map(right),
      ],
      rows: stations,
      width,
      style,
      unicode,
    }),
    style.faint(`exact: ${answer.method}; bounds whatever the laws of service`),
  ].join('\n\n');
}
