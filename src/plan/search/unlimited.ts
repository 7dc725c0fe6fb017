import { type Planning, startPlanning } from './candidate.js';

/** The same question without limits of memory and database, to find what they cost. */
export function unlimitedOf({ profile, predict }: Planning): Planning {
  return startPlanning(
    {
      ...profile,
      memory: { ...profile.memory, memoryMiB: null },
      server: { ...profile.server, dbMaxConnections: null },
    },
    predict,
  );
}
