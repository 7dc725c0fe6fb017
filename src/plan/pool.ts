import { scarceConnections } from '../model/connections/database.js';
import { predictMeans } from '../model/predict-means.js';
import type { Prediction } from '../model/types.js';
import { MOST_SLOTS } from './limits.js';
import { type Candidate, facilityFor, type Planning } from './search/candidate.js';
import { smallest } from './search/smallest.js';

/** Share of the requests that may wait for a connection of a pool that is large enough. */
const SELDOM = 0.05;
/** Share of the capacity without a line for connections that such a pool leaves, where no rate is known. */
const NEARLY_ALL = 0.99;

/**
 * The fewest connections in each worker's pool with which requests seldom wait for one, or without a rate with which the pools
 * hardly bind the capacity; null where they are scarce with none, or where something else keeps the requests from being served.
 */
export function sufficientPool({ profile }: Pick<Planning, 'profile'>, candidate: Candidate): number | null {
  const { database, ...without } = profile.workload;
  const facility = facilityFor(profile, candidate);
  const scarce = scarceConnections(facility, database);
  if (!scarce) return null;
  const best = predictMeans(facility, without);
  if (best.stable === false) return null;
  const isEnough = ({ stable, connectionWait, capacityPerSecond }: Prediction): boolean =>
    stable === null
      ? capacityPerSecond >= NEARLY_ALL * best.capacityPerSecond
      : stable && (connectionWait?.probability ?? 0) <= SELDOM;
  const most = Math.min(MOST_SLOTS, facility.slots, facility.connections);
  return smallest(scarce.connections, most, (connections) =>
    isEnough(predictMeans(facility, { ...without, database: { ...scarce, connections } })),
  ).value;
}
