// Errors of M/G/c and M/G/1-PS for laws of service that are not phase-type, against simulation: the error bands of
// src/math/queues/multi-server/poisson-wait.ts and src/math/queues/processor-sharing/mg1ps.ts are taken from what this prints.
// usage: npm run bench:queue-errors -- [wait|sharing] [million customers per system]

import { type Law, lawCv, lawMean, mg1ps, mgc } from '../../src/math/queues/index.js';
import { Random } from '../../src/math/random/random.js';
import { Stream } from '../../src/math/random/sampler.js';
import { earliestFree } from '../../src/simulation/engine/free-servers.js';

const [part = 'all', millions = '20'] = process.argv.slice(2);
const BATCHES = 40;
const BATCH = Math.round((1e6 * Number(millions)) / BATCHES);
const PERCENTILES = [0.5, 0.95, 0.99];

/** A quantity of each batch whose expectation is known, and that fluctuates with what is looked for. */
interface Control {
  readonly values: readonly number[];
  readonly exact: number;
}

function mean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i += 1) sum += values[i]!;
  return sum / values.length;
}

/** Mean of batches, corrected by regression on the control, with the half width of its 95 % interval. */
function estimate(values: readonly number[], control: Control): { value: number; half: number } {
  const [valueMean, controlMean] = [mean(values), mean(control.values)];
  const products = values.map((x, n) => (x - valueMean) * (control.values[n]! - controlMean));
  const squares = control.values.map((x) => (x - controlMean) ** 2);
  const slope = mean(products) / mean(squares);
  const residuals = values.map((x, n) => x - valueMean - slope * (control.values[n]! - controlMean));
  const variance = (mean(residuals.map((x) => x * x)) * values.length) / (values.length - 2);
  return {
    value: valueMean - slope * (controlMean - control.exact),
    half: 2.02 * Math.sqrt(variance / values.length), // Student's t of about 40 degrees of freedom
  };
}

interface Simulated {
  readonly name: string;
  readonly values: readonly number[];
}

/** Error of a found number, with the half width of what the simulation leaves open, in %. */
function cell({ name, values }: Simulated, found: number, control: Control): string {
  const { value, half } = estimate(values, control);
  return `${name} ${(100 * (found / value - 1)).toFixed(2)} ± ${((100 * half) / value).toFixed(2)}`;
}

function percentiles(batches: readonly Float64Array[]): Simulated[] {
  const sorted = batches.map((batch) => batch.slice().sort());
  return PERCENTILES.map((p) => ({
    name: `p${100 * p}`,
    values: sorted.map((batch) => batch[Math.floor(p * batch.length)]!),
  }));
}

/** M/G/c in order of arrival; controlled by one server c times as fast, whose mean wait is known. */
function waits(service: Law, servers: number, utilization: number): void {
  const arrivalRate = (servers * utilization) / lawMean(service);
  const gaps = new Stream({ kind: 'exponential', mean: 1 / arrivalRate }, new Random(1, 1));
  const services = new Stream(service, new Random(1, 2));
  const free = earliestFree(servers);
  let now = 0;
  const waited: number[] = [];
  const fastWaited: number[] = [];
  let work = 0;
  const sojourns: Float64Array[] = [];
  // the first batch warms up
  for (let n = 0; n <= BATCHES; n += 1) {
    const batch = new Float64Array(BATCH);
    let [sum, fastSum] = [0, 0];
    for (let i = 0; i < BATCH; i += 1) {
      const gap = gaps.next();
      now += gap;
      work = Math.max(0, work - gap);
      fastSum += work;
      const start = Math.max(now, free.next);
      const length = services.next();
      free.occupy(start + length);
      work += length / servers;
      sum += start - now;
      batch[i] = start - now + length;
    }
    if (n === 0) continue;
    waited.push(sum / BATCH);
    fastWaited.push(fastSum / BATCH);
    sojourns.push(batch);
  }
  const { wait, sojourn, errorBand } = mgc({ arrivalRate, service, servers });
  const square = (1 + lawCv(service) ** 2) * (lawMean(service) / servers) ** 2;
  const control = { values: fastWaited, exact: (arrivalRate * square) / (2 * (1 - utilization)) };
  const cells = [
    cell({ name: 'mean wait', values: waited }, wait!.mean, control),
    ...percentiles(sojourns).map((found, i) => cell(found, sojourn!.percentile(PERCENTILES[i]!), control)),
  ];
  console.log(`${title(service)}, ${servers} servers at ${utilization}: ${cells.join('  ')}  [${errorBand}]`);
}

/** M/G/1 with processor sharing: in virtual time each present runs at rate 1, so they leave in order of a fixed mark. */
function sharing(service: Law, utilization: number): void {
  const arrivalRate = utilization / lawMean(service);
  const gaps = new Stream({ kind: 'exponential', mean: 1 / arrivalRate }, new Random(2, 1));
  const services = new Stream(service, new Random(2, 2));
  const marks = new Heap();
  const sojourns: Float64Array[] = [];
  let [now, virtual, arrival] = [0, 0, gaps.next()];
  for (let n = 0; n <= BATCHES; n += 1) {
    const batch = new Float64Array(BATCH);
    for (let left = 0; left < BATCH; ) {
      const departure = marks.size > 0 ? now + (marks.leastMark - virtual) * marks.size : Infinity;
      if (arrival <= departure) {
        if (marks.size > 0) virtual += (arrival - now) / marks.size;
        now = arrival;
        marks.push(virtual + services.next(), now);
        arrival += gaps.next();
      } else {
        virtual = marks.leastMark;
        now = departure;
        batch[left] = now - marks.pop();
        left += 1;
      }
    }
    if (n > 0) sojourns.push(batch);
  }
  const { sojourn, errorBand, exact } = mg1ps({ arrivalRate, service });
  const control = { values: sojourns.map(mean), exact: sojourn!.mean };
  const cells = percentiles(sojourns).map((found, i) =>
    cell(found, sojourn!.percentile(PERCENTILES[i]!), control),
  );
  console.log(`${title(service)} at ${utilization}: ${cells.join('  ')}  [${exact ? 'exact' : errorBand}]`);
}

/** Times of arrival by the mark at which each leaves, least mark first. */
class Heap {
  size = 0;
  private readonly marks = new Float64Array(1 << 20);
  private readonly arrivals = new Float64Array(1 << 20);

  get leastMark(): number {
    return this.marks[0]!;
  }

  push(mark: number, arrival: number): void {
    let hole = this.size;
    this.size += 1;
    while (hole > 0) {
      const parent = (hole - 1) >> 1;
      if (this.marks[parent]! <= mark) break;
      this.move(parent, hole);
      hole = parent;
    }
    this.marks[hole] = mark;
    this.arrivals[hole] = arrival;
  }

  /** Removes the least mark; its time of arrival. */
  pop(): number {
    const popped = this.arrivals[0]!;
    this.size -= 1;
    const mark = this.marks[this.size]!;
    let hole = 0;
    for (let child = 1; child < this.size; child = 2 * hole + 1) {
      if (child + 1 < this.size && this.marks[child + 1]! < this.marks[child]!) child += 1;
      if (this.marks[child]! >= mark) break;
      this.move(child, hole);
      hole = child;
    }
    this.move(this.size, hole);
    return popped;
  }

  private move(from: number, to: number): void {
    this.marks[to] = this.marks[from]!;
    this.arrivals[to] = this.arrivals[from]!;
  }
}

const title = (service: Law) => `${service.kind} of cv ${lawCv(service).toFixed(2)}`;

if (part !== 'sharing') {
  console.log('M/G/c: error of the formulas in %, ± what simulation leaves open');
  const laws: Law[] = [
    ...[0.5, 0.8, 1.2, 1.5, 2, 3].map((cv): Law => ({ kind: 'lognormal', mean: 1, cv })),
    ...[0.8, 1.5, 3].map((cv): Law => ({ kind: 'gamma', mean: 1, cv })),
    { kind: 'empirical', quantiles: [0, 2] },
    { kind: 'empirical', quantiles: [0.1, 0.2, 0.3, 0.5, 1, 6] },
  ];
  for (const law of laws)
    for (const servers of [2, 8, 32]) for (const utilization of [0.7, 0.9]) waits(law, servers, utilization);
}
if (part !== 'wait') {
  console.log('M/G/1-PS: error of the formulas in %, ± what simulation leaves open');
  const laws: Law[] = [
    { kind: 'erlang', mean: 1, stages: 2 }, // exact: the simulation must agree
    ...[0.2, 0.5, 1, 1.5, 2, 3].map((cv): Law => ({ kind: 'lognormal', mean: 1, cv })),
    ...[0.2, 0.7, 1.5, 3].map((cv): Law => ({ kind: 'gamma', mean: 1, cv })),
    { kind: 'erlang', mean: 1, stages: 20 },
    { kind: 'empirical', quantiles: [0, 2] },
    { kind: 'empirical', quantiles: [0.1, 0.2, 0.3, 0.5, 1, 6] },
  ];
  for (const law of laws) for (const utilization of [0.5, 0.8, 0.9]) sharing(law, utilization);
}
