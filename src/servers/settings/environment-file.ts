import { shellWord } from '../../text/quote/shell.js';
import type { ConfigurationFile, Reasoned, Settings } from '../server.js';
import { reasonedText } from './reasoned-text.js';

const variableOf = (prefix: string, name: string): string => `${prefix}${name.toUpperCase()}`;

/** Settings as the variables of a server that reads each under a prefix of its own. */
export const variablesOf = (prefix: string, settings: Settings): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(settings).map(([name, value]) => [variableOf(prefix, name), String(value)]),
  );

/** The same variables as a file for whatever starts the server: shells, systemd and containers read it alike. */
export const environmentFile =
  (server: string, prefix: string) =>
  ({ head, ...said }: Reasoned): ConfigurationFile => ({
    name: `${server}.env`,
    text: reasonedText(
      {
        ...said,
        head: [...head, 'For EnvironmentFile of systemd, env_file of Compose, --env-file of Docker.'],
      },
      (name, value) => `${variableOf(prefix, name)}=${shellWord(String(value))}`,
    ),
  });
