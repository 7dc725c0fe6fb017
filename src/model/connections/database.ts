import { type Discipline, slotsOf } from '../discipline.js';

/** A pool of database connections in each process, in which requests queue first come first served while they hold their thread. */
export interface Database {
  /** Connections in one pool, ≥ 1. */
  readonly connections: number;
  /** Share of each wait for which a request holds a connection, from its beginning on, in (0, 1]. */
  readonly share: number;
}

/** The database where a pool has fewer connections than a process serves requests, so that they may queue for one; else null. */
export const scarceConnections = (discipline: Discipline, database: Database | undefined): Database | null =>
  database !== undefined && database.connections < slotsOf(discipline) ? database : null;
