import { capacity } from '../model/capacity.js';
import { serverNamed } from '../servers/index.js';
import { memoryUsedMiB } from './memory.js';
import { type Candidate, facilityFor, inFlightPerWorker, type Planning } from './search/candidate.js';

/** What a configuration can do, and takes, while one of its workers is replaced by another in an orderly way. */
export interface DuringRestart {
  /** Largest sustainable rate meanwhile, requests per second; 0 where there is no other worker. */
  readonly capacityPerSecond: number;
  /** Memory at its most meanwhile; null where that of a worker is not known. */
  readonly memoryMiB: number | null;
}

/**
 * A server that ends a worker before it starts the next has one fewer meanwhile, and as much memory as ever; one that starts
 * the next first keeps its capacity and holds one worker more.
 */
export function duringRestart(planning: Planning, candidate: Candidate): DuringRestart {
  const { profile } = planning;
  const { workers } = candidate;
  const overlaps = serverNamed(candidate.kind.server).startsSuccessorFirst ?? false;
  const facility = facilityFor(profile, candidate);
  const serving = overlaps ? workers : workers - 1;
  return {
    capacityPerSecond: serving === 0 ? 0 : capacity({ ...facility, processes: serving }, profile.workload),
    memoryMiB: memoryUsedMiB(
      profile.memory,
      workers + (overlaps ? 1 : 0),
      inFlightPerWorker(planning, candidate),
    ),
  };
}
