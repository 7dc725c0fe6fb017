import { lawMean } from '../math/laws/moments.js';
import type { Predict, Prediction } from '../model/types.js';
import { peakInFlight } from '../plan/search/demand.js';
import type { Running } from '../servers/rule.js';
import type { Server } from '../servers/server.js';
import type { Question } from './question.js';

/** Mean CPU and waiting of a request in ms; null where they were not given. */
export function timesOf({
  workload,
}: Question): { readonly cpuMs: number; readonly serviceMs: number } | null {
  if (!workload) return null;
  const cpuMs = lawMean(workload.cpu) + workload.overheadMs;
  return { cpuMs, serviceMs: cpuMs + lawMean(workload.io) };
}

/** Requests that one worker holds memory and connections for at once; null where it cannot be known. */
export function inFlightPerWorker(
  { kind, workers, threads, connections }: Running,
  question: Question,
): number | null {
  if (kind.value === null || workers.value === null) return null;
  const { concurrency } = kind.value;
  if (concurrency === 'one') return 1;
  if (concurrency === 'threads') return threads.value;
  if (concurrency === 'connections') return connections.value;
  const times = timesOf(question);
  const rate = question.workload?.ratePerSecond ?? null;
  return times && rate !== null && workers.value > 0
    ? peakInFlight((rate * times.serviceMs) / 1000, workers.value)
    : 1;
}

/** What the server will do under the given workload; null where something of either is not known. */
export function predictionOf(
  server: Server,
  { workers, threads, kind, connections, backlog, timeoutSeconds, queueTimeoutSeconds }: Running,
  cores: number | null,
  question: Question,
  version: number,
  predict: Predict,
): Prediction | null {
  if (!question.workload || !workers.value || !threads.value || kind.value === null || cores === null)
    return null;
  const discipline = server.discipline(
    {
      kind: kind.value,
      workers: workers.value,
      threads: kind.value.concurrency === 'threads' ? threads.value : (kind.value.fixedThreads ?? 1),
      // 0 is no limit where the server has a setting for one (limit_concurrency).
      workerConnections: connections.value || (server.connectionSetting ? null : 1),
    },
    {
      version,
      gil: question.gil,
      backlog: backlog.value || 1,
      timeoutMs: (timeoutSeconds.value ?? 0) * 1000,
      loop: question.loop,
      queueTimeoutMs: queueTimeoutSeconds?.value ? queueTimeoutSeconds.value * 1000 : undefined,
    },
  );
  return predict({ ...discipline, cores }, question.workload);
}
