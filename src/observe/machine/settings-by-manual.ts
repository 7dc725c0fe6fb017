import { environmentOf } from '../../files/environment.js';
import { known, type Surroundings } from '../../files/reading.js';
import { type Source, sourceOf } from '../../files/text-file.js';
import { FILE_LAYER, LINE_LAYER } from '../../servers/deployments/deployment.js';
import type { Lookup, StartReading } from '../../servers/manual.js';
import { manualOf } from '../../servers/manuals.js';
import type { Running } from '../../servers/rule.js';
import type { Server } from '../../servers/server.js';
import { effectiveSettings } from '../../servers/settings/layers.js';
import type { Value } from '../../servers/settings/setting-value.js';
import { AT, commandWords, type Start, type StartSettings } from './start.js';
import type { Found, SettingSource } from './types.js';

/**
 * What a start sets of a server without worker classes, by its own reader: its words, its variables and the files that these
 * name. What is left to a file that may not be read is not known.
 */
export function settingsByManual(start: Start): StartSettings {
  const { server } = start;
  const manual = manualOf(server);
  const read = manual.read({
    at: AT,
    words: commandWords(start.arguments),
    outer: surroundingsOf(start),
    file: '',
    lookup: lookupBy(start),
  });
  const settings = effectiveSettings(server.commandLine, read.layers);
  const running = manual.running({ settings, at: AT });
  const { threads, kind } = running;
  return {
    application: read.app?.known ? read.app.value : null,
    workerClass: null,
    threads: kind.value?.concurrency === 'threads' ? foundOrDefault(threads) : null,
    preload: null,
    settings: numbers(server, running),
    configFile: read.configFile,
    configRead: isWhole(read),
  };
}

const surroundingsOf = ({ environment }: Start): Surroundings => ({
  environment: environmentOf([...environment].map(([name, value]) => ({ name, value: known(value, AT) }))),
  cpuCount: null,
});

/** Files as the process sees them. */
function lookupBy({ textOf }: Start): Lookup {
  const load = (path: string): Source | null => {
    const text = textOf(path);
    return text === null ? null : sourceOf(path, text);
  };
  return { given: [], find: load, load, used: () => {}, failed: () => {} };
}

/** Whether no place may set more than could be read. */
const isWhole = ({ layers }: StartReading): boolean => layers.every(({ mayAlsoSet }) => mayAlsoSet === null);

/** What is set, by wcalc's options; times in ms. A server's own defaults hold in wcalc anyway. */
function numbers(server: Server, running: Running): Record<string, Found<number>> {
  const { backlog, timeoutSeconds, queueTimeoutSeconds, keepalive, connections } = running;
  const found = {
    workerConnections: server.connectionSetting === undefined ? null : setNumber(connections),
    backlog: setNumber(backlog),
    timeout: setNumber(timeoutSeconds, 1000),
    queueTimeout: queueTimeoutSeconds ? setNumber(queueTimeoutSeconds, 1000) : null,
    keepalive: keepalive ? setNumber(keepalive.seconds, 1000) : null,
  };
  return Object.fromEntries(Object.entries(found).flatMap(([name, one]) => (one ? [[name, one]] : [])));
}

const setNumber = ({ value, layer }: Value<number>, factor = 1): Found<number> | null =>
  layer === null || value === null ? null : { value: value * factor, from: sourceIn(layer) };

const foundOrDefault = (value: Value<number>): Found<number> | null =>
  setNumber(value) ?? (value.value === null ? null : { value: value.value, from: 'default' });

/** Other layers are named by the variable that sets something. */
const sourceIn = (layer: string): SettingSource =>
  layer === LINE_LAYER ? 'arguments' : layer === FILE_LAYER ? 'configuration' : 'environment';
