import type { Profile } from '../profile/types.js';
import { SERVERS, serverNamed } from '../servers/index.js';
import type { Kind } from '../servers/server.js';
import { sortKinds } from '../servers/suitability.js';

/**
 * Kinds that need nothing of the application but what every WSGI application has, in order of preference; then those that
 * need its libraries to cooperate; then those for ASGI applications.
 */
export const TIERS: readonly Kind['asks'][] = ['nothing', 'cooperation', 'asgi'];

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

/** A class that was typed is kept to; one that was learnt only tells whether the application speaks ASGI. */
export function wantedKinds(profile: Profile): readonly Kind[] | null {
  const kind = fixedKind(profile);
  if (kind === null) return null;
  const source = profile.origins.workerClass?.source;
  if (source !== 'detected' && source !== 'profile') return [kind];
  return kind.application === 'asgi'
    ? profile.server.kinds.filter(({ application }) => application === 'asgi')
    : null;
}

/** The kinds to choose among: those that suit, and what was asked for by name whether it suits or not. */
export function comparedKinds(profile: Profile): readonly Kind[] {
  const { kinds } = profile.server;
  const { suitable } = sortKinds(kinds, profile.server);
  const wanted = wantedKinds(profile);
  return kinds.filter((kind) => suitable.includes(kind) || wanted?.includes(kind));
}

/** The kinds to choose among, split by what they ask of the application, least first. */
export function byDemandOnApplication(profile: Profile): readonly (readonly Kind[])[] {
  const wanted = wantedKinds(profile);
  const kinds = comparedKinds(profile).filter((kind) => wanted === null || wanted.includes(kind));
  return TIERS.map((asks) => kinds.filter((kind) => kind.asks === asks)).filter((tier) => tier.length > 0);
}
