import { scarceConnections } from '../../model/connections/database.js';
import type { Bound } from '../types.js';
import { type Candidate, facilityFor, type Planning } from './candidate.js';
import { systemSlots } from './slots.js';

/** The resource that limits the capacity of a configuration. Ties go to the one that more workers cannot cure. */
export function bindingResource(
  planning: Planning,
  candidate: Candidate,
): Extract<Bound, 'cpu' | 'gil' | 'slots' | 'connections'> {
  const { demand, profile } = planning;
  const processes = candidate.workers;
  const slots = systemSlots(candidate);
  const oneAtATime = slots === processes;
  const perCpuMs = demand.cpuMs > 0 ? 1 / demand.cpuMs : Number.POSITIVE_INFINITY;
  const byCores = profile.cores * perCpuMs;
  // A process that serves one request at a time is limited by its slot before its lock.
  const byLock = profile.server.gil && !oneAtATime ? processes * perCpuMs : Number.POSITIVE_INFINITY;
  const bySlots = slots / demand.serviceMs;
  const byConnections = connectionRate(planning, candidate);
  const least = Math.min(byCores, byLock, bySlots, byConnections);
  if (byCores <= least * (1 + 1e-9)) return 'cpu';
  if (byConnections <= least * (1 + 1e-9)) return 'connections';
  return byLock <= bySlots ? 'gil' : 'slots';
}

/** Requests per ms for which the pools have connections; infinite where each request in service finds one. */
function connectionRate({ profile, demand }: Planning, candidate: Candidate): number {
  const scarce = scarceConnections(facilityFor(profile, candidate), profile.workload.database);
  return scarce
    ? (candidate.workers * scarce.connections) / (scarce.share * demand.ioMs)
    : Number.POSITIVE_INFINITY;
}
