import type { Percentiles, QueueAnswer } from '../../queueing-command/answer.js';
import type { RenderContext } from '../deliver.js';
import { milliseconds, percent, perSecond, significant, UNKNOWN } from '../number.js';
import { table } from '../table.js';

/** One queue for people: what flows, and how long it takes. */
export function queueTable(answer: QueueAnswer, context: RenderContext): string {
  return [headline(answer, context), flow(answer, context), times(answer, context), source(answer, context)]
    .filter(Boolean)
    .join('\n\n');
}

function headline({ model, servers, offeredLoad, stable }: QueueAnswer, { style }: RenderContext): string {
  const title = `${model}, ${servers} ${servers === 1 ? 'server' : 'servers'}, ${significant(offeredLoad, 6)} erlangs offered`;
  return stable ? style.strong(title) : `${style.strong(title)}: ${style.bad('unstable')}`;
}

function flow(answer: QueueAnswer, { width, style, unicode }: RenderContext): string {
  const number = (value: number | null) => (value === null ? UNKNOWN : significant(value, 4));
  const rows = [
    ['utilisation', percent(answer.utilization)],
    [answer.stable ? 'throughput' : 'throughput at most', perSecond(answer.throughputPerSecond)],
    ['has to wait', percent(answer.waitProbability)],
    ['is refused', percent(answer.blockingProbability)],
    ['waiting on average', number(answer.meanQueueLength)],
    ['in the system on average', number(answer.meanInSystem)],
  ];
  return table({
    columns: [{ title: 'quantity' }, { title: 'value', align: 'right' }],
    rows,
    width,
    style,
    unicode,
  });
}

function times(answer: QueueAnswer, { width, style, unicode }: RenderContext): string {
  if (!answer.stable) return '';
  const names = Object.keys(answer.waitMs) as (keyof Percentiles)[];
  const row = (title: string, mean: number | null, values: Percentiles) => [
    title,
    milliseconds(mean),
    ...names.map((name) => milliseconds(values[name])),
  ];
  return table({
    columns: ['time', 'mean', ...names].map((title, n) => ({ title, align: n === 0 ? 'left' : 'right' })),
    rows: [
      row('waiting', answer.meanWaitMs, answer.waitMs),
      row('waiting and service', answer.meanSojournMs, answer.sojournMs),
    ],
    width,
    style,
    unicode,
  });
}

function source({ exact, method, errorBand }: QueueAnswer, { style }: RenderContext): string {
  const band = errorBand === undefined ? '' : `; ${errorBand}`;
  return style.faint(`${exact ? 'exact' : 'approximate'}: ${method}${band}`);
}
