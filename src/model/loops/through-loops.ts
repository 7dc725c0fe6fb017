import type { AnswersLeave } from '../discipline.js';
import type { Line, ResponseParts, Wait } from '../response/response-parts.js';
import type { Circulation } from '../threads/circulation.js';
import { coreSlowdown } from '../threads/core-slowdown.js';
import { type Outcome, type Requests, stretches } from '../threads/shared-queue.js';
import type { Pool } from '../threads/thread-pool.js';
import { leavingMs } from './answers-leave.js';
import { loopState } from './chain.js';
import { type Economies, economies } from './economies.js';
import type { LoopState, Loops, Takes } from './loops.js';
import { sharedPopulation } from './shared-population.js';
import { type Spare, spareOf, standInFor } from './spare-processes.js';
import { lifted, throughputs } from './throughputs.js';
import { loopWaits } from './waits.js';

/** How requests go through loops. */
export interface Course {
  readonly saturation: number;
  /** What the busy processes get through, of this share of all. */
  circulation(share: number): Circulation;
  /** Times that a request needs its process. */
  readonly visits: number;
  /** Turns of the loop per visit, at each of which it may take from the backlog. */
  readonly turns: number;
  readonly takes: Takes;
  /** Squared variability of what a visit takes, and as the cores feel it. */
  readonly scv: number;
  readonly coresScv: number;
  readonly inTurns: number;
  /** Correlation between the waits of a request's visits. */
  readonly linked: number;
  readonly answersLeave: AnswersLeave;
  /** What waits grow by for the parts that visits come in, and for that correlation. */
  readonly apart: number;
  readonly again: number;
}

/**
 * What requests meet in loops: a chain of a few processes is solved ({@link loopState}), what waits in it grows by the
 * requests' variability, and both are carried over to all processes.
 */
export function throughLoops(pool: Pool, requests: Requests, course: Course): Outcome {
  const few = fewLoops(pool, requests.ratePerMs, course);
  const whole = allOf(pool, few);
  const waits = waitsOf(few, course, whole);
  const stretchedMs = atTheCores(few, course, whole);
  const { cpu, io, cpuParts } = requests;
  const answerWaitsMs = cpuParts > 1 ? waits.laterMs : waits.firstMs;
  const leavesMs = leavingMs(course.answersLeave, answerWaitsMs, waits.laterBusy, cpuParts > 1);
  return {
    stable: true,
    saturation: course.saturation,
    waitProbability: waits.mustWait,
    rejectProbability: 0,
    meanMs: cpu.mean + io.mean + stretchedMs + waits.totalMs + leavesMs,
    meanWaitMs: waits.firstMs,
    parts: () => {
      const { processes, circulation, state } = few;
      const busy = whole.spare.busy(state.busy);
      const slowdown = coreSlowdown(busy, processes, circulation, relaxationOf(requests, course));
      const alone = processes === 1;
      const stretch = stretches(
        1 + stretchedMs / cpu.mean,
        alone ? 0 : waits.mustWait,
        slowdown.meanWhenFull,
      );
      const { inTurns, linked } = course;
      const { lines, ...others } = linesOf(few, requests, course, waits);
      return {
        cpu,
        io,
        cpuParts,
        inTurns,
        linked,
        slowdown,
        stretch,
        ...others,
        lines: withLeaving(lines, { leavesMs, busy: waits.laterBusy, cpuParts }),
      };
    },
  };
}

/** A few processes that stand for all, and their chain. */
interface FewLoops {
  readonly processes: number;
  readonly share: number;
  readonly crowding: number;
  readonly circulation: Circulation;
  /** What n busy processes get through, visits per ms, and by how much it was lifted. */
  readonly throughput: Float64Array;
  readonly lift: number;
  /** Visits per ms that are asked for, and those for which the chain was solved. */
  readonly offered: number;
  readonly solved: number;
  /** Idle share of the capacity, as a multiple of that of the chain. */
  readonly idle: number;
  readonly loops: Loops;
  readonly state: LoopState;
}

/** Load up to which chains are solved; beyond, waits grow as load/(1 − load), and who need not wait falls as 1 − load. */
const MOST_LOAD = 0.97;

function fewLoops(pool: Pool, ratePerMs: number, course: Course): FewLoops {
  const { saturation, visits, takes, turns } = course;
  const { processes, share, crowding } = standInFor(pool.processes, pool.cores, takes === 'when-dry');
  const circulation = course.circulation(share);
  const exponential = throughputs(circulation.cpuMs, circulation.ioMs, pool.cores * share, processes);
  const lift = (saturation * visits * share) / exponential[processes]! - 1;
  const throughput = lifted(exponential, lift);
  const most = throughput[processes]!;
  const offered = Math.min(ratePerMs * visits * share, most * (1 - 1e-12));
  const solved = Math.min(offered, MOST_LOAD * most);
  const loops: Loops = {
    processes,
    arrivals: solved / visits,
    returns: (solved * (visits - 1)) / visits,
    takes,
    turns,
    completions: (busy) => throughput[busy]!,
  };
  const idle = (most - offered) / (most - solved);
  const state = loopState(loops);
  return { processes, share, crowding, circulation, throughput, lift, offered, solved, idle, loops, state };
}

/** All processes beside the few: shares of what the few have. */
interface AllLoops extends Economies {
  readonly spare: Spare;
}

function allOf(pool: Pool, few: FewLoops): AllLoops {
  const { processes, share, circulation, throughput, offered, lift, idle, state } = few;
  const queue = { throughput, arrivals: offered, lift };
  const economy = economies({ ...pool, processes: processes / share }, circulation, queue);
  const spare = spareOf(few, pool, circulation.cpuMs, offered);
  const busy = state.busy[processes]!;
  const more = idle < 1 ? (1 - (1 - busy) * idle) / busy : 1;
  return {
    spare,
    stretched: economy.stretched,
    mustWait: economy.mustWait * more * spare.mustWait,
    waiting: economy.waiting * spare.mustWait,
  };
}

/**
 * What all waits of the chain grow by: for the load beyond its own, for the parts of a request, and for the variability of
 * what visits take. That lines are uneven is the arrivals' doing, whatever the services are like; what all processes have
 * to do is not.
 */
function growthOf({ throughput, offered, solved, idle, state }: FewLoops, course: Course): number {
  const waiting = state.meanInLines + state.meanInBacklog;
  const shared = Math.min(waiting, sharedPopulation(throughput, solved).waiting);
  const varied = ((1 + course.scv) / 2) * course.again;
  return course.apart * (offered / solved / idle) * (waiting > 0 ? 1 + (varied - 1) * (shared / waiting) : 1);
}

/** What a request waits for its process. */
interface Waits {
  readonly mustWait: number;
  /** Before it is first served, by who took it, and on average. */
  readonly first: Wait;
  readonly firstMs: number;
  /** After each of its waits: mean, and whether its process is busy. */
  readonly laterMs: number;
  readonly laterBusy: number;
  readonly totalMs: number;
}

function waitsOf(few: FewLoops, course: Course, whole: AllLoops): Waits {
  const { processes, crowding, solved, idle, loops, state } = few;
  const { visits } = course;
  const grown = growthOf(few, course);
  const ofFew = loopWaits(loops, state, grown);
  const first =
    whole.mustWait > 0
      ? ofFew.first.map(({ probability, meanMs, thenMs = 0 }) => ({
          probability: probability * whole.mustWait,
          meanMs: (meanMs * whole.waiting) / whole.mustWait,
          thenMs: (thenMs * whole.waiting) / whole.mustWait,
        }))
      : [];
  const firstOfFewMs = meanOf(ofFew.first);
  const waiting = state.meanInLines + state.meanInBacklog;
  const laterMs = visits > 1 ? ((grown * waiting * visits) / solved - firstOfFewMs) * crowding : 0;
  return {
    mustWait: state.busy[processes]! * whole.mustWait,
    first,
    firstMs: meanOf(first),
    laterMs: ofFew.laterMs,
    laterBusy: (1 - (1 - ofFew.laterBusy) * idle) * crowding,
    totalMs: laterMs + firstOfFewMs * whole.waiting,
  };
}

const meanOf = (wait: Wait): number =>
  wait.reduce((sum, { probability, meanMs, thenMs = 0 }) => sum + probability * (meanMs + thenMs), 0);

/** What a request's CPU takes longer because processes share the cores, ms. */
function atTheCores(
  { crowding, circulation, solved, state }: FewLoops,
  course: Course,
  whole: AllLoops,
): number {
  const crowdedMs =
    Math.max(0, state.meanBusy / solved - circulation.cpuMs - circulation.ioMs) * whole.stretched;
  const perVisitMs = crowding * crowdedMs + (1 - crowding) * whole.spare.stretchedMs;
  const inOrder = 1 + (course.apart * course.again - 1) * (1 - course.inTurns);
  return course.visits * perVisitMs * ((1 + course.coresScv) / 2) * inOrder;
}

/** In M/G/1 processor sharing the number present forgets in a mean residual/(1 − ρ) of own computing. */
function relaxationOf({ cpu, ratePerMs }: Requests, { visits, saturation }: Course): number {
  const residualMs = ((cpu.mean / visits) * (1 + cpu.scv)) / 2;
  return residualMs / (1 - ratePerMs / saturation);
}

/**
 * The lines with that in which an answer waits until it leaves; where a request computes once, it is as long as the one before,
 * which the same turns make.
 */
function withLeaving(
  lines: readonly Line[],
  {
    leavesMs,
    busy,
    cpuParts,
  }: { readonly leavesMs: number; readonly busy: number; readonly cpuParts: number },
): readonly Line[] {
  const [line] = lines;
  if (leavesMs === 0) return lines;
  if (cpuParts === 1 && line) return [{ ...line, meanMs: line.meanMs + leavesMs }];
  return [...lines, { busy, meanMs: leavesMs, visits: 1, linked: 0 }];
}

/** The waits as a response time is put together from them. One process has a single line for all bursts. */
function linesOf(
  { processes, crowding }: FewLoops,
  { cpuParts }: Requests,
  { visits, linked }: Course,
  { mustWait, first, firstMs, laterMs, laterBusy, totalMs }: Waits,
): Required<Pick<ResponseParts, 'wait' | 'lines'>> & Partial<Pick<ResponseParts, 'alike'>> {
  if (processes === 1)
    return { wait: [], lines: [{ busy: laterBusy, meanMs: totalMs / cpuParts, visits: cpuParts, linked }] };
  const joined = cpuParts - 1;
  if (joined === 0) return { wait: first, lines: [] };
  const allLaterMs = (visits - 1) * laterMs * crowding;
  const line = (busy: number, meanMs: number, visits = 1): Line => ({ busy, meanMs, visits, linked: 0 });
  return {
    wait: first,
    lines: [line(laterBusy, allLaterMs / joined, joined)],
    alike: { probability: linked, lines: [line(mustWait, firstMs), line(laterBusy, allLaterMs)] },
  };
}
