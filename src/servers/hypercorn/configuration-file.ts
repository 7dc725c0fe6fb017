import { tomlLiteral } from '../../text/quote/toml.js';
import type { ConfigurationFile, Reasoned } from '../server.js';
import { reasonedText } from '../settings/reasoned-text.js';
import { NAMES } from './configured-names.js';

const OPTIONS = new Map(Object.entries(NAMES).map(([name, option]) => [option, name]));

/** A `hypercorn.toml`, whose names are not all those of the options. */
export const hypercornToml = (said: Reasoned): ConfigurationFile => ({
  name: 'hypercorn.toml',
  text: reasonedText(said, (option, value) => `${OPTIONS.get(option) ?? option} = ${tomlLiteral(value)}`),
});
