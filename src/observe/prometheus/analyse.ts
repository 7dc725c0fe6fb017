import { SourceError } from '../../host/errors.js';
import { percent, plain } from '../../text/sentences.js';
import type { Missing } from '../values.js';
import { seenDurations } from './learning/durations.js';
import { countOf } from './learning/increases.js';
import { seenMemory } from './learning/memory.js';
import { seenRate } from './learning/rate.js';
import type { PrometheusResult, SeenDurations } from './result.js';
import type { Watched } from './watched.js';

/** From what was counted to what it means. Throws a SourceError where nothing of use was counted. */
export function analyse(watched: Watched): PrometheusResult {
  const { source, used, basis, requests, cpuMs, notes } = watched;
  const rate = requests && seenRate(requests);
  const durations = watched.durations && seenDurations(watched.durations);
  const memory = watched.memory && seenMemory(watched.memory, requests);
  const count = requests && countOf(requests);
  if (!count && !memory)
    throw new SourceError(
      `${source}: no request was counted in this time; give a longer one with --since, or one in which the service was used`,
    );
  const cpuPerRequest = cpuMs && count ? countOf(cpuMs) / count : null;
  const isOwn = basis === 'service';
  const result = {
    source,
    metrics: used,
    basis,
    requests: count,
    processes: requests?.length ?? null,
    rate,
    durations,
    cpuMs: cpuPerRequest,
    ioRatio: cpuPerRequest !== null && durations && isOwn ? ioRatioOf(cpuPerRequest, durations) : null,
    memory,
  };
  return { ...result, unknowns: unknownsOf(result), notes: [...notes, ...notesOf(result)] };
}

const ioRatioOf = (cpuMs: number, { meanMs }: SeenDurations): number =>
  Math.min(1, Math.max(0, 1 - cpuMs / meanMs));

type Known = Omit<PrometheusResult, 'unknowns' | 'notes'>;

function unknownsOf({ rate, requests, durations, basis, cpuMs, memory }: Known): Missing[] {
  const unknowns: Missing[] = [];
  const add = (what: string, remedy: string) => unknowns.push({ what, remedy });
  if (!requests) add('how many requests came', 'name their counter with --query requests=METRIC');
  else if (!rate)
    add('the rate, of which one look says nothing', 'give the address of the Prometheus that scrapes it');
  if (!durations)
    add('how long requests took', 'name a histogram of their durations with --query durations=METRIC');
  else if (!durations.cv)
    add(
      'how the durations vary, because a summary tells their mean alone',
      'a histogram; in the mapping of statsd_exporter, observer_type: histogram',
    );
  if (basis === 'response')
    add(
      "the service time alone: a proxy's times include waiting for a free worker",
      "a histogram of the application's own, or the access log of the server",
    );
  if (cpuMs === null)
    add(
      'the share of I/O',
      'name the CPU seconds of the same processes with --query cpu=METRIC, such as container_cpu_usage_seconds_total with its labels, or give --io-ratio',
    );
  if (!memory)
    add(
      'the memory of a worker',
      'name it with --query memory=METRIC, such as container_memory_working_set_bytes with its labels, or measure it with wcalc detect',
    );
  else if (!memory.growth)
    add('whether memory grows', 'samples of at least an hour of one process: a longer --since');
  return unknowns;
}

function notesOf({ durations, cpuMs, basis, rate }: Known): string[] {
  const notes: string[] = [];
  if (durations && durations.shareAboveLast > 0)
    notes.push(
      `${percent(durations.shareAboveLast)} of the requests took longer than the last bucket's end, and how long they took is a guess from the mean`,
    );
  if (durations && !durations.meanIsExact)
    notes.push('the mean duration is one of the buckets, because the query tells no sum');
  if (cpuMs !== null && durations && basis === 'service' && cpuMs > durations.meanMs)
    notes.push(
      'the processes used more CPU time than their requests took: they do other work too, or more processes were counted than those of the requests',
    );
  else if (cpuMs !== null)
    notes.push('the CPU time per request is of all that the processes did, loading the application included');
  if (rate && rate.busiest.windowSeconds > 60)
    notes.push(
      `the busiest minute is not known, because samples lie ${plain(rate.busiest.windowSeconds)} s apart; the rate is that of the busiest of these`,
    );
  return notes;
}
