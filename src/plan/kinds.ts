import type { Profile } from '../profile/types.js';
import { SERVERS, serverNamed } from '../servers/index.js';
import type { Kind } from '../servers/server.js';

/** The kind that the user fixed; null where none was. */
export const fixedKind = ({ server, fixed }: Pick<Profile, 'server' | 'fixed'>): Kind | null =>
  fixed.workerClass === null
    ? null
    : (server.kinds.find(({ workerClass }) => workerClass === fixed.workerClass) ?? null);

/** What runs with so many threads where this kind, or none, was asked for: a kind that is compared, by its server's word. */
export function kindThatRuns({ server }: Pick<Profile, 'server'>, kind: Kind | null, threads: number): Kind {
  const first = server.kinds[0]!;
  const name = kind?.server ?? (SERVERS.some((one) => one.name === server.name) ? server.name : first.server);
  const runs = serverNamed(name).runs(kind, threads);
  return server.kinds.find((other) => other.server === name && other.name === runs.name) ?? kind ?? first;
}

/** A kind that serves as many requests in a process as it has threads; null where none does. */
export const threadedKind = ({ server }: Profile): Kind | null =>
  server.kinds.find(({ concurrency }) => concurrency === 'threads') ?? null;

interface Named {
  readonly server: string;
  readonly workerClass: string | null;
  readonly handlers: Kind['handlers'];
  readonly threads: number;
}

/** The kind of a configuration as it is printed. */
export function kindNamed({ server, workerClass, handlers, threads }: Named): Kind {
  const { kinds } = serverNamed(server);
  const kind = kinds.find((one) => one.workerClass === workerClass && one.handlers === handlers)!;
  return kind.fixedThreads === null ? kind : { ...kind, fixedThreads: threads };
}
