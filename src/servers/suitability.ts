import { listed } from '../text/sentences.js';
import { serverNamed } from './index.js';
import type { Kind } from './server.js';

/** What the application and its surroundings ask of a server. */
export interface Needs {
  /** Version of each server, by its name. */
  readonly versions: Readonly<Record<string, number>>;
  readonly websockets: boolean;
  readonly proxy: boolean;
  /** Whether workers are to share the application's memory. */
  readonly preload: boolean;
}

export interface Unsuitable {
  readonly kind: Kind;
  readonly reason: string;
}

/** Whether the kind exists in this version of its server; the reason where it does not. */
export function missingIn({ since, until, server }: Kind, version: number): string | null {
  const { title } = serverNamed(server);
  if (version < since) return `does not exist before ${title} ${since}`;
  return version > until ? `was removed in ${title} ${until + 1}` : null;
}

/** Why a kind does not suit; null where it does. One for ASGI is never unsuitable by itself: its note says what it needs. */
export function whyUnsuitable(kind: Kind, needs: Needs): string | null {
  const missing = missingIn(kind, needs.versions[kind.server]!);
  if (missing) return missing;
  if (needs.websockets && !kind.websockets)
    return `does not speak WebSockets${which(kind, ({ websockets }) => websockets, needs)}`;
  if (needs.preload && serverNamed(kind.server).spawns)
    return 'starts its workers afresh, so that they share no memory (--preload, --shared)';
  if (!needs.proxy && kind.needsProxy)
    return 'a slow client holds a worker for its whole transfer where no buffering proxy stands in front';
  return null;
}

/** The kinds of the same server that can what this one cannot. */
function which(kind: Kind, can: (other: Kind) => boolean, { versions }: Needs): string {
  const names = serverNamed(kind.server).kinds.flatMap((other) =>
    can(other) && !missingIn(other, versions[other.server]!) ? [other.name] : [],
  );
  return names.length > 0 ? `, which need ${listed(names, 'or')}` : '';
}

/** All kinds, split into those that suit and those that do not. */
export function sortKinds(
  kinds: readonly Kind[],
  needs: Needs,
): { readonly suitable: readonly Kind[]; readonly unsuitable: readonly Unsuitable[] } {
  const unsuitable = kinds.flatMap((kind) => {
    const reason = whyUnsuitable(kind, needs);
    return reason ? [{ kind, reason }] : [];
  });
  const out = new Set(unsuitable.map(({ kind }) => kind));
  return { suitable: kinds.filter((kind) => !out.has(kind)), unsuitable };
}
