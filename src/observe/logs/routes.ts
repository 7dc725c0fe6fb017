/** Requests of one route: the path with its ids replaced. */
export interface RouteTally {
  count: number;
  totalMs: number;
  largestMs: number;
  /** Coarse logarithmic histogram for the route's percentiles. */
  readonly bins: Uint32Array;
}

/** Relative error of a route's percentiles. */
const ROUTE_ERROR = 0.02;
const LOG_GAMMA = Math.log((1 + ROUTE_ERROR) / (1 - ROUTE_ERROR));
const LOWEST = Math.log(1e-3);
const BINS = 720;

/** Distinct routes that are told apart; later ones count together, so that made-up addresses cannot fill the memory. */
const MOST_ROUTES = 2000;
const OTHER_ROUTES = '(other routes)';
const LONGEST_PATH = 200;

export interface RouteTable {
  readonly byName: Map<string, RouteTally>;
  /** Open addressing by two independent hashes of method and path, to find a route without making its name. */
  readonly hashes: Uint32Array;
  readonly checks: Uint32Array;
  readonly tallies: (RouteTally | undefined)[];
  known: number;
}

const SLOTS = 1 << 14;
const MOST_HASHES = SLOTS / 2;

export const emptyRoutes = (): RouteTable => ({
  byName: new Map(),
  hashes: new Uint32Array(SLOTS),
  checks: new Uint32Array(SLOTS),
  tallies: new Array<RouteTally | undefined>(SLOTS),
  known: 0,
});

const emptyRoute = (): RouteTally => ({
  count: 0,
  totalMs: 0,
  largestMs: 0,
  bins: new Uint32Array(BINS),
});

export function addToRoute(route: RouteTally, durationMs: number, log: number): void {
  route.count++;
  route.totalMs += durationMs;
  if (durationMs > route.largestMs) route.largestMs = durationMs;
  const bin = Math.ceil((log - LOWEST) / LOG_GAMMA);
  route.bins[bin < 0 ? 0 : bin < BINS ? bin : BINS - 1]!++;
}

export function routeQuantile({ bins, count, largestMs }: RouteTally, p: number): number {
  const rank = Math.max(1, Math.ceil(p * count));
  let seen = 0;
  for (let bin = 0; bin < BINS; bin++) {
    seen += bins[bin]!;
    if (seen < rank) continue;
    const upper = Math.exp(LOWEST + bin * LOG_GAMMA);
    return Math.min(largestMs, upper / (1 + ROUTE_ERROR));
  }
  return largestMs;
}

export function addRoutes(to: RouteTable, from: ReadonlyMap<string, RouteTally>): void {
  for (const [name, route] of from) {
    const mine = routeNamed(to, name);
    mine.count += route.count;
    mine.totalMs += route.totalMs;
    mine.largestMs = Math.max(mine.largestMs, route.largestMs);
    for (let n = 0; n < BINS; n++) mine.bins[n]! += route.bins[n]!;
  }
}

function routeNamed(table: RouteTable, name: string): RouteTally {
  const known = table.byName.get(name);
  if (known) return known;
  if (table.byName.size >= MOST_ROUTES && name !== OTHER_ROUTES) return routeNamed(table, OTHER_ROUTES);
  const route = emptyRoute();
  table.byName.set(name, route);
  return route;
}

const SLASH = 47;
const QUESTION = 63;
const HASH = 35;
/** A byte that ends a path's interesting part. */
const endsPath = (byte: number) => byte === QUESTION || byte === HASH;

/** The route of a method and path that lie in a chunk of bytes. */
export function routeOfBytes(
  table: RouteTable,
  bytes: Uint8Array,
  methodStart: number,
  methodEnd: number,
  pathStart: number,
  pathEnd: number,
): RouteTally {
  let a = 0x811c9dc5;
  let b = 0x9747b28c;
  for (let n = methodStart; n < methodEnd && n < methodStart + 16; n++) {
    a = Math.imul(a ^ bytes[n]!, 0x01000193);
    b = Math.imul(b ^ bytes[n]!, 0x85ebca6b) + 1;
  }
  const end = Math.min(pathEnd, pathStart + LONGEST_PATH);
  let [segmentA, segmentB, segment] = [a, b, pathStart];
  for (let n = pathStart; ; n++) {
    const byte = n < end ? bytes[n]! : -1;
    if (byte === SLASH || byte === -1 || endsPath(byte)) {
      // An id contributes the same to the hash whatever it is.
      if (n > segment && isId(bytes, segment, n)) {
        a = Math.imul(segmentA ^ 0x1d1d, 0x01000193);
        b = Math.imul(segmentB ^ 0x1d1d, 0x85ebca6b);
      }
      if (byte !== SLASH) break;
      segment = n + 1;
    }
    a = Math.imul(a ^ byte, 0x01000193);
    b = Math.imul(b ^ byte, 0x85ebca6b) + (a >>> 15);
    if (byte === SLASH) {
      segmentA = a;
      segmentB = b;
    }
  }
  return routeOfHash(table, a >>> 0, b >>> 0, () =>
    routeName(
      latin1(bytes, methodStart, Math.min(methodEnd, methodStart + 16)),
      latin1(bytes, pathStart, end),
    ),
  );
}

const encoder = new TextEncoder();
const scratch = new Uint8Array(4 * (16 + LONGEST_PATH));

/** The route of a method and path that were read as text. */
export function routeOfText(table: RouteTable, method: string, path: string): RouteTally {
  const { written: methodEnd } = encoder.encodeInto(method.slice(0, 16), scratch);
  const { written } = encoder.encodeInto(path.slice(0, LONGEST_PATH), scratch.subarray(methodEnd));
  return routeOfBytes(table, scratch, 0, methodEnd, methodEnd, methodEnd + written);
}

function routeOfHash(table: RouteTable, a: number, b: number, name: () => string): RouteTally {
  let slot = a & (SLOTS - 1);
  for (; table.tallies[slot] !== undefined; slot = (slot + 1) & (SLOTS - 1)) {
    if (table.hashes[slot] === a && table.checks[slot] === b) return table.tallies[slot]!;
  }
  const route = routeNamed(table, table.byName.size >= MOST_ROUTES ? OTHER_ROUTES : name());
  if (table.known < MOST_HASHES) {
    table.hashes[slot] = a;
    table.checks[slot] = b;
    table.tallies[slot] = route;
    table.known++;
  }
  return route;
}

const latin1 = (bytes: Uint8Array, from: number, to: number): string => {
  let text = '';
  for (let n = from; n < to; n++) text += String.fromCharCode(bytes[n]!);
  return text;
};

/** `GET /users/:id`: without query, ids replaced, control characters shown as `?`. */
function routeName(method: string, path: string): string {
  const bare = path.slice(0, LONGEST_PATH).replace(/[?#].*$/s, '');
  const segments = bare.split('/').map((segment) => {
    const bytes = encoder.encode(segment);
    return bytes.length > 0 && isId(bytes, 0, bytes.length) ? ':id' : segment;
  });
  return `${method} ${segments.join('/')}`.trim().replace(/[^\x20-\x7e]/g, '?');
}

/**
 * Whether a path segment is an id: all digits; eight or more hexadecimal digits and dashes with a digit among them (hashes,
 * UUIDs); or sixteen or more letters, digits, dashes and underscores with at least four digits.
 */
function isId(bytes: Uint8Array, from: number, to: number): boolean {
  let digits = 0;
  let hex = 0;
  let plain = 0;
  for (let n = from; n < to; n++) {
    const byte = bytes[n]!;
    if (byte >= 48 && byte <= 57) digits++;
    else if ((byte >= 97 && byte <= 102) || (byte >= 65 && byte <= 70) || byte === 45) hex++;
    else if ((byte >= 97 && byte <= 122) || (byte >= 65 && byte <= 90) || byte === 95) plain++;
    else return false;
  }
  const length = to - from;
  if (digits === length) return true;
  if (length >= 8 && plain === 0 && digits > 0) return true;
  return length >= 16 && digits >= 4 && digits + hex + plain === length;
}
