import type { Handlers } from '../input/handlers/handlers.js';
import type { Price } from '../input/quantity/price.js';
import type { Spread } from '../model/balancers/behind-balancer.js';
import type { Workload } from '../model/types.js';
import type { Assumption, MemoryBudget, Objective } from '../profile/types.js';

import type { Loop } from '../servers/server.js';

/** What the user says besides the files; what the files say of resources is used where this is null. */
export interface Question {
  readonly cores: number | null;
  /** `memoryMiB` null: the files' limits hold. */
  readonly memory: MemoryBudget;
  /** Null where no option speaks of requests. */
  readonly workload: Workload | null;
  /** True where the share of waiting was given. */
  readonly ioKnown: boolean;
  readonly objective: Objective;
  /** The version of a server, by its name, where an option says it. */
  readonly versionOf: (server: string) => number | null;
  readonly handlers: Handlers | null;
  readonly loop: Loop | null;
  readonly gil: boolean;
  readonly websockets: boolean;
  readonly proxy: boolean;
  /** Null: the files', else 1. */
  readonly replicas: number | null;
  /** How requests are spread over copies. */
  readonly balancing: Pick<Spread, 'balancer' | 'balancers'>;
  readonly dbPool: number | null;
  readonly dbMaxConnections: number | null;
  /** Prices of one core and of one GiB of memory. */
  readonly priceCore: Price | undefined;
  readonly priceMem: Price | undefined;
  /** How long the balancer in front keeps an idle connection, ms; null where it was not said. */
  readonly proxyIdleMs: number | null;
  /** Connections that the proxy in front keeps open to one copy of the server; null where it was not said. */
  readonly proxyConnections: number | null;
  /** Longest request that is known to happen, ms. */
  readonly slowestMs: number | null;
  /** The kernel's limit of a listen backlog. */
  readonly somaxconn: number;
  readonly assumptions: readonly Assumption[];
}
