import { environmentOf } from '../../files/environment.js';
import type { Surroundings } from '../../files/reading.js';
import type { CommandWord } from '../../files/shell/command-text.js';
import type { Server } from '../../servers/server.js';
import type { ConfigurationSettings } from './configuration.js';
import type { SeenServer as Detected, Found } from './types.js';

/** What a server's start tells of its settings. */
export interface StartSettings {
  readonly application: string | null;
  readonly workerClass: Detected['workerClass'];
  readonly threads: Found<number> | null;
  readonly preload: Found<boolean> | null;
  readonly settings: Readonly<Record<string, Found<number>>>;
  readonly configFile: string | null;
  readonly configRead: boolean;
}

/** What can be seen of a start. */
export interface Start {
  readonly server: Server;
  /** Empty where setproctitle replaced the command line. */
  readonly arguments: readonly string[];
  readonly argumentsVisible: boolean;
  /** Words of `GUNICORN_CMD_ARGS`. */
  readonly environmentArguments: readonly string[];
  /** Configuration file that Gunicorn reads without being told to, where it is there. */
  readonly configFileFound: string | null;
  /** Reads the configuration file with this path; null where it may not be read. */
  readonly readConfig: (path: string) => ConfigurationSettings | null;
  /** Variables of the process; empty where they may not be read. */
  readonly environment: ReadonlyMap<string, string>;
  /** The text of a file by the path that the process has for it; null where it may not be read. */
  readonly textOf: (path: string) => string | null;
}

/** Words of a process stand in no file. */
export const AT = { file: '', line: 1, column: 1, endColumn: 2 };

export const NOTHING_AROUND: Surroundings = { environment: environmentOf([]), cpuCount: null };

/** Words of a process: the shell has already put everything in its place. */
export const commandWords = (words: readonly string[]): CommandWord[] =>
  words.map((text) => ({ parts: [{ kind: 'text', text }], at: AT, place: null }));
