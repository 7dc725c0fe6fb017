/** mulberry32, so that generated logs are the same in every run. */
function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

export type Draw = (uniform: () => number) => number;

export const exponential =
  (mean: number): Draw =>
  (uniform) =>
    -mean * Math.log(1 - uniform());

export const lognormal = (mean: number, cv: number): Draw => {
  const sigma = Math.sqrt(Math.log1p(cv * cv));
  return (uniform) =>
    mean *
    Math.exp(
      sigma * Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform()) -
        (sigma * sigma) / 2,
    );
};

export const hyperexponential = (mean: number, cv: number): Draw => {
  const first = (1 + Math.sqrt((cv * cv - 1) / (cv * cv + 1))) / 2;
  return (uniform) => {
    const p = uniform() < first ? first : 1 - first;
    return (-mean / (2 * p)) * Math.log(1 - uniform());
  };
};

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const two = (n: number) => String(n).padStart(2, '0');

/** `[05/Jan/2026:00:00:00 +0000]` */
export function stamp(ms: number): string {
  const d = new Date(ms);
  const time = `${two(d.getUTCHours())}:${two(d.getUTCMinutes())}:${two(d.getUTCSeconds())}`;
  return `[${two(d.getUTCDate())}/${MONTHS[d.getUTCMonth()]}/${d.getUTCFullYear()}:${time} +0000]`;
}

export interface Request {
  readonly atMs: number;
  readonly cpuMs: number;
  readonly ioMs: number;
}

/** Poisson arrivals with independent CPU and waiting. */
export function requests(count: number, ratePerSecond: number, cpu: Draw, io: Draw, seed: number): Request[] {
  const uniform = random(seed);
  let atMs = Date.UTC(2026, 0, 5);
  return Array.from({ length: count }, () => {
    atMs += exponential(1000 / ratePerSecond)(uniform);
    return { atMs, cpuMs: cpu(uniform), ioMs: io(uniform) };
  });
}

/** A Gunicorn access log of these requests as served without contention. */
export const gunicornLog = (all: readonly Request[]): string =>
  all
    .map(
      ({ atMs, cpuMs, ioMs }, n) =>
        `10.0.0.1 - - ${stamp(atMs + cpuMs + ioMs)} "GET /items/${n} HTTP/1.1" 200 512 "-" "agent" ${Math.round((cpuMs + ioMs) * 1000)} <${7 + (n % 4)}>\n`,
    )
    .join('');

/** The same as a trace. */
export const traceOf = (all: readonly Request[]): string =>
  `at_ms,cpu_ms,io_ms\n${all.map(({ atMs, cpuMs, ioMs }) => `${atMs.toFixed(3)},${cpuMs.toFixed(4)},${ioMs.toFixed(4)}`).join('\n')}\n`;
