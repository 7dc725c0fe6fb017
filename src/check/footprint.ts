import { HOURS_PER_MONTH, hourlyPrice } from '../input/quantity/price.js';
import type { Facts } from './facts.js';

/** Copies at the upper end of an autoscaler, and those that a rolling update adds. */
export function copiesOf({ question, deployment }: Pick<Facts, 'question' | 'deployment'>): {
  readonly replicas: number;
  readonly surge: number;
} {
  const { copies } = deployment;
  const stated = copies.most?.known ? copies.most.value : copies.replicas?.known ? copies.replicas.value : 1;
  const replicas = question.replicas ?? stated;
  return { replicas, surge: copies.surge?.(replicas) ?? 0 };
}

/** Connections that a worker may hold to the database; null where not known. */
export const connectionsPerWorker = ({ question, inFlightPerWorker }: Facts): number | null =>
  question.dbPool ?? inFlightPerWorker;

/** Database connections of all copies during an update; null where not known, or where no option speaks of a database. */
export function databaseConnections(facts: Facts): number | null {
  const { dbPool, dbMaxConnections } = facts.question;
  const perWorker = connectionsPerWorker(facts);
  if ((dbPool === null && dbMaxConnections === null) || perWorker === null || !facts.workers.value)
    return null;
  const { replicas, surge } = copiesOf(facts);
  return facts.workers.value * perWorker * (replicas + surge);
}

/** What the limits of all copies cost in a month of 730 hours; null where a price, or a limit that has one, is not known. */
export function pricePerMonth(facts: Facts): number | null {
  const { priceCore, priceMem } = facts.question;
  const { cores, memoryLimit } = facts;
  if (!priceCore && !priceMem) return null;
  if ((priceCore && !cores) || (priceMem && !memoryLimit)) return null;
  const limits = { cores: cores?.value ?? 0, memoryMiB: memoryLimit?.value ?? 0 };
  return copiesOf(facts).replicas * HOURS_PER_MONTH * hourlyPrice(limits, priceCore, priceMem);
}
