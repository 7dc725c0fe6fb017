import { COARSE, type Counted, Histogram, noCounts } from '../../../math/statistics/histogram.js';
import { printable } from '../../../text/printable.js';
import { textOfBytes } from '../reading/bytes.js';

/** Requests of one route: a method, and a path with its ids replaced. */
export interface RouteTally<H extends Counted = Histogram> {
  count: number;
  totalMs: number;
  largestMs: number;
  /** Null until a duration is told. */
  histogram: H | null;
}

/** Distinct routes that are told apart; later ones count together, so that made-up addresses cannot fill the memory. */
const MOST_ROUTES = 2000;
const OTHER_ROUTES = '(other routes)';
const LONGEST_PATH = 200;
const LONGEST_METHOD = 16;

interface MethodRoutes<H extends Counted> {
  readonly method: string;
  readonly byPath: Map<string, RouteTally<H>>;
}

export interface RouteTable<H extends Counted = Histogram> {
  /** By name: `GET /users/:id`. */
  readonly byName: Map<string, RouteTally<H>>;
  /** By method and path, to find a route without making its name; few methods are found fastest one by one. */
  readonly byMethod: MethodRoutes<H>[];
  known: number;
}

/** Ways to write a route that are remembered: many may have one name. */
const MOST_KNOWN = 8192;

export const emptyRoutes = (): RouteTable => ({ byName: new Map(), byMethod: [], known: 0 });

/** Counts a request; NaN for a duration that is not told. */
export function addToRoute(route: RouteTally, durationMs: number): void {
  route.count++;
  if (Number.isNaN(durationMs)) return;
  route.totalMs += durationMs;
  if (durationMs > route.largestMs) route.largestMs = durationMs;
  route.histogram ??= new Histogram(noCounts(COARSE));
  route.histogram.add(durationMs);
}

/** Null where no duration was told. */
export const routeQuantile = ({ histogram, largestMs }: RouteTally, p: number): number | null =>
  histogram && Math.min(largestMs, histogram.quantiles([p])[0]!);

export function addRoutes(to: RouteTable, from: RouteTable<Counted>): void {
  for (const [name, route] of from.byName) {
    const mine = routeNamed(to, name);
    mine.count += route.count;
    mine.totalMs += route.totalMs;
    mine.largestMs = Math.max(mine.largestMs, route.largestMs);
    if (!route.histogram) continue;
    mine.histogram ??= new Histogram(noCounts(COARSE));
    mine.histogram.merge(route.histogram);
  }
}

/** The route of a name, which is made where there is none. */
export function routeNamed(table: RouteTable, name: string): RouteTally {
  const known = table.byName.get(name);
  if (known) return known;
  if (table.byName.size >= MOST_ROUTES && name !== OTHER_ROUTES) return routeNamed(table, OTHER_ROUTES);
  const route: RouteTally = { count: 0, totalMs: 0, largestMs: 0, histogram: null };
  table.byName.set(name, route);
  return route;
}

/** The route of a request. */
export function routeOf(table: RouteTable, method: string, path: string): RouteTally {
  const routes = routesOf(table, method);
  const known = routes?.get(path);
  if (known) return known;
  const general = withoutIds(path.length > LONGEST_PATH ? path.slice(0, LONGEST_PATH) : path);
  const found = routes?.get(general);
  if (found) return found;
  const route = routeNamed(table, nameOf(method, general));
  if (routes && table.known < MOST_KNOWN) {
    table.known++;
    // A copy: a part of a line would keep all of the text that it was cut from.
    routes.set(copied(general), route);
  }
  return route;
}

const MOST_METHODS = 30;

/** The routes of a method; null of one more than there may be. */
function routesOf({ byMethod }: RouteTable, method: string): Map<string, RouteTally> | null {
  for (const known of byMethod) if (known.method === method) return known.byPath;
  if (byMethod.length >= MOST_METHODS) return null;
  const byPath = new Map<string, RouteTally>();
  byMethod.push({ method: copied(method), byPath });
  return byPath;
}

const copied = (text: string): string => Buffer.from(text, 'utf16le').toString('utf16le');

/** `GET /users/:id`, safe to print. */
const nameOf = (method: string, path: string): string =>
  printable(copied(textOfBytes(`${method.slice(0, LONGEST_METHOD)} ${path}`.trim())));

const SLASH = 47;

/** A path without scheme, host and query, its ids replaced. */
function withoutIds(path: string): string {
  const whole = path.charCodeAt(0) !== SLASH && path.includes('://') ? withoutHost(path) : path;
  const query = whole.search(/[?#]/);
  const bare = query < 0 ? whole : whole.slice(0, query);
  return /\d/.test(bare) ? idsReplaced(bare) : bare;
}

function withoutHost(url: string): string {
  const slash = url.indexOf('/', url.indexOf('://') + 3);
  return slash < 0 ? '/' : url.slice(slash);
}

function idsReplaced(path: string): string {
  const end = path.length;
  let replaced = '';
  let kept = 0;
  let segment = 0;
  for (let n = 0; n <= end; n++) {
    if (n < end && path.charCodeAt(n) !== SLASH) continue;
    if (n > segment && isId(path, segment, n)) {
      replaced += `${path.slice(kept, segment)}:id`;
      kept = n;
    }
    segment = n + 1;
  }
  return replaced + path.slice(kept);
}

/**
 * Whether a path segment is an id: all digits; eight or more hexadecimal digits and dashes with a digit among them (hashes,
 * UUIDs); or sixteen or more letters, digits, dashes and underscores with at least four digits.
 */
function isId(path: string, from: number, to: number): boolean {
  let digits = 0;
  let hex = 0;
  let plain = 0;
  for (let n = from; n < to; n++) {
    const code = path.charCodeAt(n);
    if (code >= 48 && code <= 57) digits++;
    else if ((code >= 97 && code <= 102) || (code >= 65 && code <= 70) || code === 45) hex++;
    else if ((code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95) plain++;
    else return false;
  }
  const length = to - from;
  if (digits === length) return true;
  if (length >= 8 && plain === 0 && digits > 0) return true;
  return length >= 16 && digits >= 4 && digits + hex + plain === length;
}
