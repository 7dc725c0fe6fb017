import { known, type Scalar } from '../../files/reading.js';
import type { Span } from '../../files/text-file.js';
import { lookUp } from '../../text/lookup.js';
import { type Deployment, FILE_LAYER } from '../deployments/deployment.js';
import { manualOf } from '../manuals.js';
import type { Running } from '../rule.js';
import type { Kind, Server } from '../server.js';
import { countOf } from '../settings/setting-value.js';
import { type Dialect, isLacking, type Meaning, type Meanings } from './dialect.js';

/** A setting of the other server, and what it comes from. */
export interface TranslatedSetting {
  readonly name: string;
  readonly value: string | number | boolean;
  /** The setting that says it now; null where it follows from what runs. */
  readonly from: { readonly name: string; readonly value: string; readonly at: Span } | null;
  /** What differs all the same; null where nothing does. */
  readonly but: string | null;
}

/** A setting that the other server has nothing for, or needs nothing for. */
export interface LostSetting {
  readonly name: string;
  readonly value: string;
  readonly at: Span;
  readonly why: string;
  /** True where nothing is lost by it. */
  readonly isNeedless: boolean;
}

/** What is not set and is another by default. */
export interface ChangedDefault {
  readonly what: string;
  readonly before: string;
  readonly after: string;
}

/** A server's settings as those of another server. */
export interface Translation {
  readonly settings: readonly TranslatedSetting[];
  readonly lost: readonly LostSetting[];
  readonly defaults: readonly ChangedDefault[];
  /** How the other server would be deployed. */
  readonly deployment: Deployment;
}

/** Puts a server's settings into common terms, and these into the other server's. */
export function translate(deployment: Deployment, running: Running, to: Server): Translation {
  const from = manualOf(deployment.server).dialect;
  const { dialect } = manualOf(to);
  const settings = new Map<string, TranslatedSetting>();
  const lost: LostSetting[] = [];
  const said = new Set<Meaning>();
  const speak = (meaning: Meaning, value: Meanings[Meaning], origin: TranslatedSetting['from']): void => {
    const way = dialect.says[meaning];
    if (isLacking(way)) {
      // Not to load the application before the fork is what a server does that cannot.
      if (origin) lost.push({ ...origin, why: `${to.title}: ${way.lacks}`, isNeedless: value === false });
      return;
    }
    const written = way.value ? way.value(value as never) : value;
    said.add(meaning);
    if (written !== null)
      settings.set(way.name, { name: way.name, value: written, from: origin, but: way.but ?? null });
  };
  speak('interface', spokenBy(running.kind.value, to), null);
  for (const [meaning, value] of impliedBy(running)) speak(meaning, value, null);
  for (const [name, { reading, layer }] of inOrder(deployment, from)) {
    const value = reading.known ? shown(reading.value) : '?';
    const origin = { name, value, at: reading.at };
    if (!reading.known) {
      if (Object.hasOwn(from.means, name)) lost.push({ ...origin, why: reading.why, isNeedless: false });
      continue;
    }
    const meant = meaningOf(from, name, reading.value, layer);
    if (meant) speak(meant.meaning, meant.value, origin);
    else lost.push({ ...origin, ...whyLost(from, name, to) });
  }
  for (const { name, value, at } of deployment.others)
    lost.push({ name, value, at, ...whyLost(from, name.replaceAll('-', '_'), to) });
  return {
    settings: [...settings.values()],
    lost: lost.sort((a, b) => a.at.line - b.at.line),
    defaults: changedDefaults(deployment.server, to, said, dialect),
    deployment: asDeployment(deployment, to, [...settings.values()]),
  };
}

/** Settings in the order of their meanings, so that the other server's stand in one that people know. */
function inOrder({ settings }: Deployment, { means, says }: Dialect) {
  const order = Object.keys(says);
  const place = (name: string): number => {
    const meant = lookUp(means, name);
    return meant ? order.indexOf(meant.meaning) : order.length;
  };
  return [...settings].sort(([a], [b]) => place(a) - place(b));
}

/** Processes and threads as they run now, also where nothing sets them: the other server's own defaults are others. */
function* impliedBy({ workers, threads, kind }: Running): Iterable<readonly ['workers' | 'threads', number]> {
  if (workers.value !== null) yield ['workers', workers.value];
  const { value: runs } = kind;
  if (runs?.handlers !== null || runs.application !== 'wsgi') return;
  if (runs.concurrency === 'one') yield ['threads', 1];
  if (runs.concurrency === 'threads' && threads.value !== null) yield ['threads', threads.value];
}

/** What the application speaks, where the other server can run that; else the one that it runs. */
function spokenBy(kind: Kind | null, to: Server): Meanings['interface'] {
  const spoken = kind?.application ?? 'wsgi';
  return to.kinds.some(({ application }) => application === spoken) ? spoken : to.kinds[0]!.application;
}

function meaningOf(
  { means }: Dialect,
  name: string,
  written: Scalar,
  layer: string,
): { readonly meaning: Meaning; readonly value: Meanings[Meaning] } | null {
  const meant = lookUp(means, name);
  if (!meant) return null;
  const value = meant.value ? meant.value(written) : plainValue(meant.meaning, written, layer);
  return value === null ? null : { meaning: meant.meaning, value };
}

const TEXTS: ReadonlySet<Meaning> = new Set(['address', 'loop', 'interface']);

function plainValue(meaning: Meaning, written: Scalar, layer: string): Meanings[Meaning] | null {
  if (TEXTS.has(meaning)) return typeof written === 'string' ? written : null;
  if (meaning === 'preload') return written === true;
  return countOf(written, layer);
}

function whyLost(
  { alone, missed = {} }: Dialect,
  name: string,
  to: Server,
): Pick<LostSetting, 'why' | 'isNeedless'> {
  const instead = lookUp(missed, name);
  if (instead !== undefined) return { why: instead, isNeedless: false };
  const why = lookUp(alone, name);
  return why === undefined
    ? { why: `${to.title} has no setting for it that is known`, isNeedless: false }
    : { why, isNeedless: true };
}

const shown = (value: Scalar): string =>
  typeof value === 'object' ? String(value?.float ?? '') : String(value);

/** Settings that nothing says, by what each server does then; of workers and threads, what runs is compared. */
function changedDefaults(
  from: Server,
  to: Server,
  said: ReadonlySet<Meaning>,
  { says }: Dialect,
): readonly ChangedDefault[] {
  return COMPARED.flatMap(([meaning, what, name, shown]) => {
    const [before, after] = [shown(from.defaults[name]), shown(to.defaults[name])];
    return said.has(meaning) || before === after || isLacking(says[meaning]) ? [] : [{ what, before, after }];
  });
}

const inSeconds = (ms: number): string => (ms === 0 ? 'none' : `${ms / 1000} s`);

/** Defaults that differ from server to server and are told where nothing sets them. */
const COMPARED = [
  ['backlog', 'connections that may wait in the kernel', 'backlog', String],
  ['requestTimeout', 'time after which work is ended', 'timeoutMs', inSeconds],
  ['keepalive', 'time that an idle connection is kept', 'keepaliveMs', inSeconds],
] as const;

/** The other server as it would be deployed; places are those of the settings that are translated. */
function asDeployment(
  deployment: Deployment,
  server: Server,
  settings: readonly TranslatedSetting[],
): Deployment {
  const named = Object.entries(server.commandLine.settings);
  const nameOf = (name: string): string =>
    named.find(([, { flags }]) => flags.includes(`--${name.replaceAll('_', '-')}`))?.[0] ?? name;
  return {
    ...deployment,
    server,
    settings: new Map(
      settings.map(({ name, value, from }) => [
        nameOf(name),
        { layer: FILE_LAYER, reading: known<Scalar>(value, from?.at ?? deployment.at), overridden: [] },
      ]),
    ),
    unknownFlags: [],
    ignoredNames: [],
  };
}
