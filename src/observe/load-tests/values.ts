import type { Values } from '../../input/options.js';
import type { ObservedValue } from '../values.js';
import type { LoadTestResult } from './result.js';

/** Below so many requests in flight hardly one waits for another, so that the mean is the time of a request alone. */
const ALONE = 1.05;

/** What was learnt, by option. A load test's rate is the tester's and not the service's, so that it is none of them. */
export function loadTestValues({ explanation, steps }: LoadTestResult, given: Values): ObservedValue[] {
  const values: ObservedValue[] = [];
  const add = (name: ObservedValue['name'], value: number, where: string, unit = '') =>
    values.push({ name, text: `${Number(value.toPrecision(6))}${unit}`, where });
  if (explanation) {
    const where = `least squares over ${explanation.measurements} measurements of ${steps.length} steps`;
    add('cpuTime', explanation.cpuMs.value, where, 'ms');
    add('ioTime', explanation.ioMs.value, where, 'ms');
    if (explanation.cv) {
      add('cpuCv', explanation.cv.value, where);
      add('ioCv', explanation.cv.value, where);
    }
    if (given.overhead !== undefined) add('overhead', given.overhead, 'as given to wcalc fit', 'ms');
  } else {
    const alone = steps.find((step) => step.inFlight !== null && step.inFlight <= ALONE && step.times.meanMs);
    if (alone)
      add('serviceTime', alone.times.meanMs!, `mean with one request at a time, ${alone.source}`, 'ms');
  }
  if (given.workerClass !== undefined && given.workerClass !== 'auto')
    values.push({ name: 'workerClass', text: given.workerClass, where: 'as given to wcalc fit' });
  if (given.workers !== undefined) add('workers', given.workers, 'as given to wcalc fit');
  if (given.threads !== undefined) add('threads', given.threads, 'as given to wcalc fit');
  return values;
}
