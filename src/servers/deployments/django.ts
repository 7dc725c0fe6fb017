import { followModule } from '../../files/python/module.js';
import type { PyValue } from '../../files/python/values.js';
import type { Reading, Surroundings } from '../../files/reading.js';
import type { Source } from '../../files/text-file.js';
import type { Lookup } from '../manual.js';
import type { DjangoDatabase } from './deployment.js';

const SETTINGS = 'DJANGO_SETTINGS_MODULE';

/**
 * The default database of the Django project that an application belongs to, by the settings that its module names; null
 * where it is no Django, or its settings are not given or do not say it themselves.
 */
export function djangoDatabase(
  app: Reading<string> | null,
  file: string,
  outer: Surroundings,
  { find }: Pick<Lookup, 'find'>,
): DjangoDatabase | null {
  if (!app?.known) return null;
  const entry = find(pathOf(app.value.split(':')[0]!), file);
  if (!entry || !/\bget_asgi_application\b/.test(entry.text)) return null;
  const named = settingsModule(entry, outer);
  const settings = named === null ? null : find(pathOf(named), file);
  return settings && databaseOf(settings, outer);
}

const pathOf = (module: string): string => `${module.replaceAll('.', '/')}.py`;

/** The environment's, else what the module sets where there is none. */
function settingsModule(entry: Source, outer: Surroundings): string | null {
  const given = outer.environment.get(SETTINGS);
  if (given) return given.known ? given.value : null;
  const set = followModule(entry, outer).variables.get(SETTINGS);
  return set?.type === 'str' ? set.value : null;
}

function databaseOf(source: Source, outer: Surroundings): DjangoDatabase | null {
  const { names, poison } = followModule(source, outer);
  const databases = names.get('DATABASES');
  if (!databases || (poison && poison.from > databases.from)) return null;
  const database = entryOf(databases.value, 'default');
  if (database?.type !== 'dict') return null;
  const age = entryOf(database, 'CONN_MAX_AGE');
  const keptSeconds = age === undefined ? 0 : age.type === 'none' ? Number.POSITIVE_INFINITY : secondsOf(age);
  if (keptSeconds === null) return null;
  const pool = entryOf(entryOf(database, 'OPTIONS'), 'pool');
  return {
    at: source.at(databases.from, databases.to),
    keptSeconds,
    hasPool: pool !== undefined && !(pool.type === 'bool' && !pool.value),
  };
}

const secondsOf = (value: PyValue): number | null =>
  value.type === 'int' || value.type === 'float' ? value.value : null;

const entryOf = (value: PyValue | undefined, key: string): PyValue | undefined =>
  value?.type === 'dict' ? value.entries.get(key) : undefined;
