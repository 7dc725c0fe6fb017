import type { Profile } from '../../profile/types.js';
import { type Candidate, type Planning, startPlanning } from './candidate.js';

/** What a recommendation keeps beyond the bare objective: the room that an operator leaves. */
export interface Room {
  /** The objective is met also where the prediction is too low by its published error. */
  readonly margin: boolean;
  /** The rate is at most so much of the capacity as `--max-utilization` says or, where it is not given, its default. */
  readonly ceiling: boolean;
  /** At least two workers, so that one serves while the other restarts. */
  readonly twoWorkers: boolean;
  /** A tenth of the memory stays free. */
  readonly freeMemory: boolean;
}

export const NO_ROOM: Room = { margin: false, ceiling: false, twoWorkers: false, freeMemory: false };

/** Share of the memory that is left free. */
export const FREE_SHARE = 0.1;

/** The room that is wanted for a question: of several replicas one may be down, and an objective may say nothing that could be off. */
export function wantedRoom({ objective, server, workload, memory }: Profile): Room {
  const hasRate = workload.ratePerSecond !== null;
  return {
    margin: hasRate && objective.limits.some(({ metric }) => metric !== 'wait'),
    ceiling: hasRate && objective.maxUtilization === null && objective.ceiling !== null,
    twoWorkers: server.replicas === 1,
    freeMemory: !memory.isNet,
  };
}

const choices = (isWanted: boolean): readonly boolean[] => (isWanted ? [true, false] : [false]);

/** What may be kept of margin and ceiling where both cannot be had: the ceiling is given up first. */
export const lesserLevels = ({ margin, ceiling }: Room): readonly Pick<Room, 'margin' | 'ceiling'>[] =>
  choices(margin)
    .flatMap((withMargin) =>
      choices(ceiling).map((withCeiling) => ({ margin: withMargin, ceiling: withCeiling })),
    )
    .slice(1);

/** What may be kept of the rest, best first: the free memory is given up before the second worker. */
export const waysToKeep = ({
  twoWorkers,
  freeMemory,
}: Room): readonly Pick<Room, 'twoWorkers' | 'freeMemory'>[] =>
  choices(twoWorkers).flatMap((two) =>
    choices(freeMemory).map((free) => ({ twoWorkers: two, freeMemory: free })),
  );

/** Whether a configuration leaves a tenth of the memory free; true where memory is not limited. */
export function leavesFree(planning: Planning, candidate: Candidate): boolean {
  const { memoryMiB } = planning.profile.memory;
  const used = planning.memoryOf(candidate).memoryMiB;
  return memoryMiB === null || used === null || used <= memoryMiB * (1 - FREE_SHARE) * (1 + 1e-9);
}

/** A question in which only configurations that keep this room meet the objective and fit. */
export function withRoom({ profile, predict }: Planning, room: Room): Planning {
  const { objective, memory } = profile;
  return startPlanning(
    {
      ...profile,
      objective: room.ceiling
        ? { ...objective, maxUtilization: objective.maxUtilization ?? objective.ceiling }
        : objective,
      memory:
        room.freeMemory && memory.memoryMiB !== null
          ? { ...memory, memoryMiB: memory.memoryMiB * (1 - FREE_SHARE) }
          : memory,
    },
    predict,
    { margin: room.margin, leastWorkers: room.twoWorkers ? 2 : 1 },
  );
}

/** A question with so many times the memory and connections, to find what their limits cost; by default without limits. */
export function raisedOf({ profile, predict }: Planning, times = Number.POSITIVE_INFINITY): Planning {
  const raised = (limit: number | null): number | null =>
    limit === null || times === Number.POSITIVE_INFINITY ? null : limit * times;
  return startPlanning(
    {
      ...profile,
      memory: { ...profile.memory, memoryMiB: raised(profile.memory.memoryMiB) },
      server: { ...profile.server, dbMaxConnections: raised(profile.server.dbMaxConnections) },
    },
    predict,
  );
}
