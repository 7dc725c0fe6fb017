import type { LearntLaws } from '../../input/learnt.js';
import type { ObservedValue } from '../values.js';
import type { FitResult } from './fit-result.js';

/** What was learnt, by option. Rate: the busiest minute's, since a plan must hold then; the mean where a log is too short for one. */
export function fittedValues(result: FitResult, givenIoRatio?: number): ObservedValue[] {
  const { log, service, cpu, io, ioRatio, arrivals, current } = result;
  const values: ObservedValue[] = [];
  const add = (name: ObservedValue['name'], value: number, where: string, unit = '') =>
    values.push({ name, text: `${Number(value.toPrecision(6))}${unit}`, where });
  const requests = `${log.requests} requests`;
  if (arrivals?.busiestMinute)
    add(
      'rate',
      arrivals.busiestMinute.perSecond,
      `busiest minute, ${new Date(arrivals.busiestMinute.atMs).toISOString()}`,
    );
  else if (arrivals?.meanPerSecond) add('rate', arrivals.meanPerSecond, `mean of ${requests}`);
  if (cpu && io) {
    add('cpuTime', cpu.meanMs, `mean of ${requests}`, 'ms');
    add('ioTime', io.meanMs, `mean of ${requests}`, 'ms');
    add('cpuCv', cpu.cv, requests);
    add('ioCv', io.cv, requests);
  } else if (service) {
    add('serviceTime', service.meanMs, `mean of ${requests}`, 'ms');
    add('cv', service.cv, requests);
    if (givenIoRatio !== undefined) add('ioRatio', givenIoRatio, 'as given to wcalc fit');
    else if (ioRatio !== null) add('ioRatio', ioRatio, requests);
  }
  if (service) add('slowest', service.maxMs, `longest of ${requests}`, 'ms');
  if (current) {
    if (current.workerClass)
      values.push({ name: 'workerClass', text: current.workerClass, where: 'as given to wcalc fit' });
    add('workers', current.workers, 'as given to wcalc fit');
    add('threads', current.threads, 'as given to wcalc fit');
  }
  return values;
}

/** The learnt laws of a request's times: of CPU and waiting where the log told both, else of the whole. */
export function learntLaws({ service, cpu, io }: FitResult): LearntLaws {
  if (cpu && io)
    return {
      ...(cpu.empirical && { cpu: cpu.empirical }),
      ...(io.empirical && { io: io.empirical }),
    };
  return service?.empirical ? { service: service.empirical } : {};
}
