import { lookUp } from '../../text/lookup.js';
import { MOST_SERVICES, refuseMany } from '../limits.js';
import { wholeNumber } from '../quantities.js';
import { known, type Reading, unknown } from '../reading.js';
import type { Source, Span } from '../text-file.js';
import { quantity, readYaml } from '../yaml-tree.js';
import { EMPTY_SERVICE, type ServiceReading } from './service.js';

const LINE = /^([A-Za-z0-9_-]+):(\s*)(.*)$/;

/**
 * The process types of a Procfile; each is a line of a shell. Heroku's Python buildpack sets `WEB_CONCURRENCY` where
 * nothing else does, by the size of the dyno, which an `app.json` may tell.
 */
export function readProcfile(source: Source, formation: Formation = new Map()): readonly ServiceReading[] {
  const services: ServiceReading[] = [];
  let offset = 0;
  for (const line of source.text.split('\n')) {
    const match = LINE.exec(line.trimEnd());
    if (match?.[3]) {
      const [, name = '', gap = '', text] = match;
      const from = offset + name.length + 1 + gap.length;
      services.push({
        ...EMPTY_SERVICE,
        name,
        platform: 'procfile',
        file: source.file,
        at: source.at(from, from + text.length),
        ...onDyno(name, source.at(from, from + text.length), formation),
        command: {
          kind: 'line',
          text,
          isShell: true,
          variables: 'shell',
          place: { source, from, to: from + text.length },
        },
      });
    }
    offset += line.length + 1;
  }
  refuseMany(source.file, services.length, MOST_SERVICES, 'processes');
  return services;
}

/** Cores and MiB of Heroku's dynos (Heroku, Dyno Types). */
const DYNOS: Readonly<Record<string, readonly [number, number]>> = {
  eco: [1, 512],
  basic: [1, 512],
  'standard-1x': [1, 512],
  'standard-2x': [1, 1024],
  'performance-m': [2, 2560],
  'performance-l': [8, 14_336],
};

/** Process types of an `app.json`: their dyno and how many there are. */
export type Formation = ReadonlyMap<
  string,
  { readonly size: Reading<string> | null; readonly quantity: Reading<number> | null }
>;

/** MiB that the buildpack gives each worker (heroku-buildpack-python, WEB_CONCURRENCY). */
const WORKER_MIB = 256;

function onDyno(
  name: string,
  at: Span,
  formation: Formation,
): Pick<ServiceReading, 'environment' | 'resources' | 'copies'> {
  const { size = null, quantity = null } = formation.get(name) ?? {};
  const dyno = size?.known ? lookUp(DYNOS, size.value.toLowerCase()) : undefined;
  const copies = { ...EMPTY_SERVICE.copies, replicas: quantity };
  const variable = 'WEB_CONCURRENCY';
  if (!size || !dyno) {
    const why = `Heroku's buildpack sets ${variable} by the size of the dyno where nothing else does`;
    return {
      environment: [{ name: variable, value: unknown(why, at, variable) }],
      resources: EMPTY_SERVICE.resources,
      copies,
    };
  }
  const [cores, memory] = dyno;
  const workers = Math.min(Math.floor(memory / WORKER_MIB), 2 * cores + 1);
  return {
    environment: [
      {
        name: variable,
        value: known(String(size.known && memory <= 1024 ? memory / WORKER_MIB : workers), size.at),
      },
    ],
    resources: { ...EMPTY_SERVICE.resources, memoryLimitMiB: known(memory, size.at) },
    copies,
  };
}

/** The process types of an `app.json`. */
export function readFormation(source: Source): Formation {
  const formation = readYaml(source)[0]?.get('formation');
  return new Map(
    (formation?.entries() ?? []).map(({ key, value }) => {
      const size = value.get('size');
      return [
        key,
        {
          size: size?.text ? known(size.text, size.at) : null,
          quantity: quantity(value.get('quantity'), wholeNumber, 'number'),
        },
      ];
    }),
  );
}
