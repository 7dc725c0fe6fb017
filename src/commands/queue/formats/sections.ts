import type { Column } from '../../../output/table.js';
import { milliseconds, percent, perSecond, significant, UNKNOWN } from '../../../text/numbers.js';
import type { Percentiles, QueueAnswer } from '../answer.js';
import type { ClosedAnswer } from '../closed.js';

/** What `wcalc queue` shows people, whatever the format: a title, tables, and where the numbers come from. */
export interface Sections {
  readonly title: string;
  readonly stable: boolean;
  readonly tables: readonly { readonly columns: readonly Column[]; readonly rows: readonly string[][] }[];
  readonly source: string;
}

export const sectionsOf = (answer: QueueAnswer | ClosedAnswer): Sections =>
  'stations' in answer ? closedSections(answer) : queueSections(answer);

const left = (title: string): Column => ({ title });
const right = (title: string): Column => ({ title, align: 'right' });

/** In a narrow terminal the percentiles asked for least go first. */
const percentile = (title: string): Column => ({
  ...right(title),
  dropFirst: ['p95', 'p99', 'p90', 'p50', 'p99.9'].indexOf(title) + 1,
});

function queueSections(answer: QueueAnswer): Sections {
  const { model, servers, offeredLoad, stable, exact, method, errorBand } = answer;
  const number = (value: number | null) => (value === null ? UNKNOWN : significant(value, 4));
  const flow = [
    ['utilisation', percent(answer.utilization)],
    [stable ? 'throughput' : 'throughput at most', perSecond(answer.throughputPerSecond)],
    ['has to wait', percent(answer.waitProbability)],
    ['is refused', percent(answer.blockingProbability)],
    ['waiting on average', number(answer.meanQueueLength)],
    ['in the system on average', number(answer.meanInSystem)],
  ];
  const names = Object.keys(answer.waitMs) as (keyof Percentiles)[];
  const time = (title: string, mean: number | null, values: Percentiles) => [
    title,
    milliseconds(mean),
    ...names.map((name) => milliseconds(values[name])),
  ];
  const times = [
    time('waiting', answer.meanWaitMs, answer.waitMs),
    time('waiting and service', answer.meanSojournMs, answer.sojournMs),
  ];
  return {
    title: `${model}, ${servers} ${servers === 1 ? 'server' : 'servers'}, ${significant(offeredLoad, 6)} ${offeredLoad === 1 ? 'erlang' : 'erlangs'} offered`,
    stable,
    tables: [
      { columns: [left('quantity'), right('value')], rows: flow },
      ...(stable ? [{ columns: [left('time'), right('mean'), ...names.map(percentile)], rows: times }] : []),
    ],
    source: `${exact ? 'exact' : 'approximate'}: ${method}${errorBand === undefined ? '' : `; ${errorBand}`}`,
  };
}

function closedSections(answer: ClosedAnswer): Sections {
  const { throughputPerSecond: flow, meanSojournMs: times } = answer.bounds;
  const network = [
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
  const customers = `${answer.population} ${answer.population === 1 ? 'customer' : 'customers'}`;
  return {
    title: `Closed network, ${customers}, thinking for ${milliseconds(answer.thinkTimeMs)}`,
    stable: true,
    tables: [
      {
        columns: [
          left('network'),
          right('value'),
          ...['at least', 'at most'].map((title) => ({ ...right(title), dropFirst: 1 })),
        ],
        rows: network,
      },
      {
        columns: [
          left('station'),
          ...[
            right('demand'),
            right('servers'),
            right('utilisation'),
            right('mean number'),
            right('mean time'),
          ].map((column, n) => ({ ...column, dropFirst: [4, 3, 0, 2, 1][n]! })),
        ],
        rows: stations,
      },
    ],
    source: `exact: ${answer.method}; bounds whatever the laws of service`,
  };
}
