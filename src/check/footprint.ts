import type { Reading, Scalar } from '../files/reading.js';
import { HOURS_PER_MONTH, hourlyPrice } from '../input/quantity/price.js';
import type { Facts } from './facts.js';

/** Copies at the upper end of an autoscaler, and those that a rolling update adds; null where their number is not known. */
export function copiesOf({ question, deployment }: Pick<Facts, 'question' | 'deployment'>): {
  readonly replicas: number;
  readonly surge: number;
} | null {
  const { copies } = deployment;
  const stated = copies.most ?? copies.replicas;
  if (question.replicas === null && stated?.known === false) return null;
  const replicas = question.replicas ?? (stated?.known ? stated.value : 1);
  return { replicas, surge: copies.surge?.(replicas) ?? 0 };
}

/** What the files say of copies and limits that is not known, and no option says. */
export const unknownAround = ({
  deployment: { copies, resources },
  question,
}: Pick<Facts, 'question' | 'deployment'>): readonly NamedReading[] => [
  ...openOf('replicas', question.replicas, copies.most ?? copies.replicas),
  ...openOf('the CPU limit', question.cores, resources.cpuLimit),
  ...openOf('the memory limit', question.memory.memoryMiB, resources.memoryLimitMiB),
];

export interface NamedReading {
  readonly name: string;
  readonly reading: Reading<Scalar>;
}

const openOf = (
  name: string,
  asked: number | null,
  reading: Reading<number> | null,
): readonly NamedReading[] => (asked === null && reading?.known === false ? [{ name, reading }] : []);

/** Connections that a worker may hold to the database; null where not known. */
export const connectionsPerWorker = ({ question, inFlightPerWorker }: Facts): number | null =>
  question.dbPool ?? inFlightPerWorker;

/** Database connections of all copies during an update; null where not known, or where no option speaks of a database. */
export function databaseConnections(facts: Facts): number | null {
  const { dbPool, dbMaxConnections } = facts.question;
  const perWorker = connectionsPerWorker(facts);
  if ((dbPool === null && dbMaxConnections === null) || perWorker === null || !facts.workers.value)
    return null;
  const copies = copiesOf(facts);
  return copies && facts.workers.value * perWorker * (copies.replicas + copies.surge);
}

/** What the limits of all copies cost in a month of 730 hours; null where a price, or a limit that has one, is not known. */
export function pricePerMonth(facts: Facts): number | null {
  const { priceCore, priceMem } = facts.question;
  const { cores, memoryLimit } = facts;
  if (!priceCore && !priceMem) return null;
  if ((priceCore && !cores) || (priceMem && !memoryLimit)) return null;
  const limits = { cores: cores?.value ?? 0, memoryMiB: memoryLimit?.value ?? 0 };
  const copies = copiesOf(facts);
  return copies && copies.replicas * HOURS_PER_MONTH * hourlyPrice(limits, priceCore, priceMem);
}
