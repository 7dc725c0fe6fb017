import type { Values } from '../../input/options.js';
import type { ObservedValue } from '../values.js';
import type { PrometheusResult } from './result.js';

/** What was learnt, by option. Rate: the busiest minute's, since a plan must hold then. */
export function prometheusValues(result: PrometheusResult, given: Values): ObservedValue[] {
  const { rate, durations, ioRatio, memory } = result;
  const values: ObservedValue[] = [];
  const add = (name: ObservedValue['name'], value: number, where: string, unit = '') =>
    values.push({ name, text: `${Number(value.toPrecision(6))}${unit}`, where });
  if (rate) {
    const { perSecond, atMs, windowSeconds } = rate.busiest;
    const window = windowSeconds === 60 ? 'minute' : `${Number(windowSeconds.toPrecision(3))} s`;
    add('rate', perSecond, `busiest ${window}, ${new Date(atMs).toISOString()}`);
  }
  if (durations) {
    const requests = `${Math.round(durations.count)} requests`;
    add('serviceTime', durations.meanMs, `mean of ${requests}`, 'ms');
    if (durations.cv) add('cv', durations.cv.value, `buckets of ${requests}`);
    if (given.ioRatio !== undefined) add('ioRatio', given.ioRatio, 'as given to wcalc fit');
    else if (ioRatio !== null) add('ioRatio', ioRatio, `CPU time of ${requests}`);
    if (durations.atMostMs !== null)
      add('slowest', durations.atMostMs, `end of the last bucket of ${requests}`, 'ms');
  }
  if (memory) {
    const { growth, largestMiB, processes } = memory;
    const grows = growth !== null && growth.perHourMiB > 0;
    const of = `${processes} ${processes === 1 ? 'process' : 'processes'}`;
    if (grows) {
      const each = growth.perThousandRequestsMiB;
      const where = `later half of ${growth.lives === 1 ? 'a process' : `${growth.lives} processes`}`;
      if (each !== null) add('memoryGrowth', each, where, 'MiB/1000req');
      else add('memoryGrowth', growth.perHourMiB, where, 'MiB/h');
    }
    if (grows) add('perWorker', growth.warmMiB, `largest of ${of} before it grew`, 'MiB');
    else add('perWorker', largestMiB, `largest of ${of}`, 'MiB');
  }
  return values;
}
