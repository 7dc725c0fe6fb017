import { share, throughput } from '../reading/data.js';
import type { LoadStep } from '../step.js';
import type { Place, TextFormat } from './format.js';

const BEGIN = /^[ \t]*Running .* test @ /m;

/** The report of wrk (closed) or wrk2 (open: it sends at the rate of `-R` and counts times from when a request was due). */
export const wrk: TextFormat = {
  kind: 'text',
  name: 'wrk',
  recognises: (text) => BEGIN.test(text) && /Requests\/sec:/.test(text),
  read(text, place) {
    const runs = text.split(/^(?=[ \t]*Running .* test @ )/m).filter((run) => BEGIN.test(run));
    return runs.map((run, n) =>
      stepOf(run, runs.length > 1 ? `${place.file} (run ${n + 1})` : place.file, place),
    );
  },
};

function stepOf(run: string, source: string, place: Place): LoadStep {
  const number = (pattern: RegExp): number | null => numberOf(pattern.exec(run)?.[1]);
  const isOpen = /calibration: mean lat|HdrHistogram - (Recorded|Uncorrected) Latency/.test(run);
  const rate = throughput(number(/^[ \t]*Requests\/sec:\s*([\d.]+)/m), place, 'Requests/sec');
  const requests = number(/^[ \t]*(\d+) requests in /m);
  const socket = /Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)/.exec(run);
  const refused = number(/Non-2xx or 3xx responses:\s*(\d+)/) ?? 0;
  const broken = socket ? socket.slice(1).reduce((sum, count) => sum + Number(count), 0) : 0;
  const latency = /^[ \t]*Latency[ \t]+(\S+)[ \t]+\S+[ \t]+(\S+)/m.exec(run);
  const percentile = (p: string): number | null =>
    milliseconds(new RegExp(`^\\s*${p}(?:\\.0+)?%\\s+([\\d.]+(?:us|ms|s|m|h))\\s*$`, 'm').exec(run)?.[1]);
  return {
    source,
    tool: isOpen ? 'wrk2' : 'wrk',
    loop: isOpen ? 'open' : 'closed',
    users: isOpen ? null : number(/threads and (\d+) connections/),
    offeredPerSecond: null,
    seconds: requests === null ? null : requests / rate,
    requests,
    throughputPerSecond: rate,
    errorShare: requests === null ? null : share(refused + broken, requests + broken),
    times: {
      meanMs: milliseconds(latency?.[1]),
      p50Ms: percentile('50'),
      p90Ms: percentile('90'),
      p95Ms: percentile('95') ?? spectrum(run, 0.95),
      p99Ms: percentile('99'),
      maxMs: milliseconds(latency?.[2]),
    },
    notes: [],
  };
}

/** A percentile of the detailed spectrum that `-L` prints, ms: its first line that reaches it. */
function spectrum(run: string, share: number): number | null {
  for (const [, value, reached] of run.matchAll(/^\s*([\d.]+)\s+(0\.\d+|1\.0+)\s+\d+\s+[\d.inf]+\s*$/gm))
    if (Number(reached) >= share) return numberOf(value);
  return null;
}

const UNITS: Readonly<Record<string, number>> = { us: 1e-3, ms: 1, s: 1e3, m: 6e4, h: 3.6e6 };

function milliseconds(text: string | undefined): number | null {
  const parts = /^([\d.]+)(us|ms|s|m|h)$/.exec(text ?? '');
  const value = numberOf(parts?.[1]);
  return value === null ? null : value * UNITS[parts![2]!]!;
}

function numberOf(text: string | undefined): number | null {
  const value = Number(text ?? Number.NaN);
  return Number.isFinite(value) && value >= 0 ? value : null;
}
