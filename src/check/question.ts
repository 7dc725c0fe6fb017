import type { Handlers } from '../input/handlers/handlers.js';
import type { Price } from '../input/quantity/price.js';
import type { Spread } from '../model/balancers/behind-balancer.js';
import type { Assumption, MemoryBudget, Objective } from '../profile/types.js';
import type { Wishes } from '../servers/rule.js';
import type { Loop } from '../servers/server.js';

/** What the user says besides the files; what the files say of resources is used where this is null. */
export interface Question extends Wishes {
  readonly cores: number | null;
  /** `memoryMiB` null: the files' limits hold. */
  readonly memory: MemoryBudget;
  readonly objective: Objective;
  /** The version of a server, by its name, where an option says it. */
  readonly versionOf: (server: string) => number | null;
  readonly handlers: Handlers | null;
  readonly loop: Loop | null;
  /** Null: the files', else 1. */
  readonly replicas: number | null;
  /** How requests are spread over copies. */
  readonly balancing: Pick<Spread, 'balancer' | 'balancers'>;
  readonly dbMaxConnections: number | null;
  /** Prices of one core and of one GiB of memory. */
  readonly priceCore: Price | undefined;
  readonly priceMem: Price | undefined;
  readonly assumptions: readonly Assumption[];
}
