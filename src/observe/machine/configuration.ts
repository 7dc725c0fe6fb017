import { type Environment, known } from '../../files/reading.js';
import { sourceOf } from '../../files/text-file.js';
import { SourceError } from '../../host/errors.js';
import { readGunicornConf } from '../../servers/gunicorn/conf.js';

/** What a running server's configuration file sets, by the names of Gunicorn's settings. */
export interface ConfigurationSettings {
  readonly settings: ReadonlyMap<string, string>;
  /** False where the file may set more than could be read without running it. */
  readonly complete: boolean;
}

export type ReadConfiguration = (
  file: string,
  text: string,
  environment: ReadonlyMap<string, string>,
  cpus: number | null,
) => ConfigurationSettings;

/** Reads `gunicorn.conf.py` with the environment of the server, without executing it. */
export const readConfiguration: ReadConfiguration = (file, text, environment, cpus) => {
  const source = sourceOf(file, text);
  const top = source.at(0);
  const variables: Environment = {
    get(name) {
      const value = environment.get(name);
      return value === undefined ? undefined : known(value, top);
    },
    names: () => environment.keys(),
    // An empty environment is one that may not be read.
    incomplete: environment.size === 0 ? 'the environment of the server may not be read' : null,
  };
  try {
    const read = readGunicornConf(source, {
      environment: variables,
      cpuCount: cpus === null ? null : { value: cpus, assumes: [] },
    });
    const settings = new Map<string, string>();
    let complete = read.mayAlsoSet === null;
    for (const [name, reading] of read.settings) {
      if (!reading.known) complete = false;
      else if (reading.value !== null && typeof reading.value !== 'object')
        settings.set(name, String(reading.value));
    }
    return { settings, complete };
  } catch (error) {
    if (error instanceof SourceError) return { settings: new Map(), complete: false };
    throw error;
  }
};
