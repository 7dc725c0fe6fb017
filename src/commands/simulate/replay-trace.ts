import { SourceError, UsageError } from '../../host/errors.js';
import type { Host } from '../../host/host.js';
import type { Origins } from '../../input/learnt.js';
import type { Values } from '../../input/options.js';
import { HISTOGRAM_RELATIVE_ERROR } from '../../math/statistics/histogram.js';
import type { Database } from '../../model/connections/database.js';
import { evenly, predict } from '../../model/predict.js';
import { predictMeans } from '../../model/predict-means.js';
import type { Prediction } from '../../model/types.js';
import { fixedKind, kindThatRuns } from '../../plan/kinds.js';
import { facilityFor } from '../../plan/search/candidate.js';
import { collectAssumptions } from '../../profile/assume.js';
import { resolveDatabase } from '../../profile/database.js';
import { resolveProfile } from '../../profile/resolve.js';
import { resolveFixed, resolveServer } from '../../profile/server.js';
import type { Profile } from '../../profile/types.js';
import { serverNamed } from '../../servers/index.js';
import { schedulerFor } from '../../simulation/engine/policy.js';
import { Replay } from '../../simulation/engine/replay.js';
import { flagOf } from '../../text/names.js';
import type { Watch } from './draw.js';
import { physicsOf, requireFixed } from './question.js';
import { resultOf, type SimulateResult } from './result.js';
import { readTrace } from './trace.js';

/** What a trace says itself. */
const TOLD_BY_TRACE = [
  'rate',
  'serviceTime',
  'ioRatio',
  'cpuTime',
  'ioTime',
  'cv',
  'cpuCv',
  'ioCv',
  'cpuDistribution',
  'ioDistribution',
  'arrivals',
  'balancer',
  'balancers',
  'requests',
  'replications',
  'warmup',
  'precision',
] as const satisfies readonly (keyof Values)[];

const STDIN = '-';
const nameOf = (path: string): string => (path === STDIN ? 'stdin' : path);

/** Replays the requests of a trace; `-` is stdin. */
export async function simulateTrace(
  path: string,
  values: Values,
  origins: Origins,
  host: Host,
  watch: Watch,
): Promise<SimulateResult> {
  const own = withoutTold(values, origins);
  if (own.handlers?.mix)
    throw new UsageError(
      '--handlers: a trace does not say which requests run in threads; accepted with --trace: one kind of handlers',
    );
  requireFixed(own);
  const server = resolveServer(own, collectAssumptions());
  const fixed = { ...resolveFixed(own), workers: own.workers! };
  const kind = kindThatRuns({ server }, fixedKind({ server, fixed }), fixed.threads ?? 1);
  const given = facilityFor(
    { cores: own.cores!, server },
    {
      kind,
      workers: kind.isSingle ? 1 : fixed.workers,
      threads: kind.fixedThreads ?? fixed.threads ?? serverNamed(kind.server).defaults.threads,
      workerConnections: server.workerConnections,
    },
  );
  const facility = own.accept === 'even' ? evenly(given) : given;
  const cpuOrder = own.cpuOrder ?? 'before-waits';
  const replay = new Replay(facility, {
    ioCalls: own.ioCalls ?? 1,
    overheadMs: own.overhead ?? 0,
    seed: own.seed ?? 1,
    cpuOrder,
    physics: physicsOf(own),
    database: databaseOf(own),
  });
  const interrupted = await feed(replay, path, host, watch);
  const profile = tracedProfile(replay, own, origins, path);
  const bounds = predictMeans(facility, { ...profile.workload, ratePerSecond: null });
  const rate = profile.workload.ratePerSecond;
  const stable = rate !== null && rate < bounds.capacityPerSecond ? true : null;
  const prediction = withinAll(replay.prediction(stable, bounds.capacityPerSecond));
  return resultOf(profile, predict, prediction, {
    seed: own.seed ?? 1,
    replications: 1,
    requests: replay.requests,
    warmupRequests: 0,
    processShares: replay.shares,
    histogramRelativeError: HISTOGRAM_RELATIVE_ERROR,
    interrupted,
    trace: path,
    replicas: 1,
    balancer: null,
    balancers: null,
    cpuOrder,
    scheduler: own.scheduler ?? schedulerFor(own.overhead ?? 0),
  });
}

/** The pools of connections, for which a request's time is a share of its waits, since the trace has yet to say how long those are. */
function databaseOf({ dbPool, dbTime }: Values): Database | undefined {
  if (dbTime?.kind === 'time')
    throw new UsageError(
      '--db-time: with --trace it must be a share of the waits, such as 40%, since those are in the trace',
    );
  return resolveDatabase(
    { ...(dbPool !== undefined && { dbPool }), ...(dbTime && { dbTime }) },
    1,
    collectAssumptions(),
  );
}

/** What is offered while requests arrive may be more than can be done then; busy is a resource all of the time at most. */
function withinAll(prediction: Prediction): Prediction {
  const { utilization: u } = prediction;
  if (u === null) return prediction;
  const slots = u.slots === null ? null : Math.min(1, u.slots);
  return { ...prediction, utilization: { cpu: Math.min(1, u.cpu), gil: Math.min(1, u.gil), slots } };
}

/** Reads and serves the trace; true where the user stopped it. */
async function feed(replay: Replay, path: string, host: Host, watch: Watch): Promise<boolean> {
  let stopped = false;
  const ignore = watch.onInterrupt(() => {
    stopped = true;
  });
  const { bytes: total = 0 } = host.files.status(path) ?? {};
  let read = 0;
  const counted = (async function* () {
    for await (const chunk of path === STDIN ? host.stdin : host.files.stream(path)) {
      read += chunk.length;
      yield chunk;
    }
  })();
  /** Serves what was added, leaving the thread now and then so that the user can stop it. */
  const work = async (): Promise<void> => {
    while (!stopped && !replay.work(() => true)) await host.sleep(0);
  };
  try {
    for await (const piece of readTrace(nameOf(path), counted)) {
      replay.add(piece);
      await work();
      watch.progress(total > 0 ? Math.min(1, read / total) : 0);
      if (stopped) break;
    }
    if (!stopped) {
      replay.end();
      await work();
    }
  } finally {
    ignore();
  }
  return stopped;
}

function withoutTold(values: Values, origins: Origins): Values {
  const rest: Record<string, unknown> = { ...values };
  for (const name of TOLD_BY_TRACE) {
    const source = origins[name]?.source;
    if (values[name] !== undefined && (source === 'flag' || source === 'batch'))
      throw new UsageError(
        `${flagOf(name)} and --trace contradict each other: a trace says itself what comes and when`,
      );
    delete rest[name];
  }
  return rest as Values;
}

/** The profile that the trace's own means and variations give. */
function tracedProfile(replay: Replay, own: Values, origins: Origins, path: string): Profile {
  const { requests, sums } = replay;
  const cpuMs = sums.cpuMs / requests;
  const ioMs = sums.ioMs / requests;
  if (cpuMs === 0 && ioMs === 0 && (own.overhead ?? 0) === 0)
    throw new SourceError(
      `${nameOf(path)}: no request takes any time; cpu_ms and io_ms are 0 throughout, and one of them must be above 0`,
    );
  const cv = (mean: number, squares: number): number =>
    mean > 0 ? Math.sqrt(Math.max(0, squares / requests - mean * mean)) / mean : 0;
  const spanMs = sums.lastMs - sums.firstMs;
  const told = {
    // What comes all at once has no rate. One server is replayed, so that of several replicas each gets as much.
    ...(spanMs > 0 ? { rate: ((own.replicas ?? 1) * (requests - 1) * 1000) / spanMs } : {}),
    cpuTime: cpuMs,
    ioTime: ioMs,
    cpuCv: cv(cpuMs, sums.cpuMs2),
    ioCv: cv(ioMs, sums.ioMs2),
  };
  const origin = { source: 'flag', where: path } as const;
  const toldOrigins = Object.fromEntries(Object.keys(told).map((name) => [name, origin]));
  return resolveProfile({ ...own, ...told }, { ...origins, ...toldOrigins });
}
