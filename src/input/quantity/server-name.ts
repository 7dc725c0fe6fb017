import { DEFAULT_SERVER, SERVERS, serverNamed } from '../../servers/index.js';
import { parseVersion, versionText } from '../../servers/version.js';
import { didYouMean } from '../../text/suggest.js';
import { type OptionType, ValueError } from '../option.js';
import { quoted } from './decimal.js';

/** A server by its name, with its version where that was said; or all that suit. */
export type ServerName = { readonly name: string; readonly version: number | null } | 'any';

const NAMES = [...SERVERS.map(({ name }) => name), 'any'];

/** `uvicorn`, `uvicorn@0.51`, `any`. */
export const serverName: OptionType<ServerName> = {
  name: 'server',
  accepts: `${NAMES.join(', ')}; with @VERSION where behaviour depends on it, as in ${DEFAULT_SERVER.name}@${versionText(DEFAULT_SERVER.versions.newest)}`,
  choices: NAMES,
  format(value) {
    if (value === 'any') return value;
    return value.version === null ? value.name : `${value.name}@${versionText(value.version)}`;
  },
  parse(typed) {
    const [name = '', version, ...more] = typed.trim().split('@');
    if (name === 'any' && version === undefined) return 'any';
    if (!SERVERS.some((server) => server.name === name) || more.length > 0)
      throw new ValueError(
        `${quoted(typed)} is not known${didYouMean(name, NAMES)}; accepted: ${this.accepts}`,
      );
    return { name, version: version === undefined ? null : versionOf(name, version) };
  },
};

function versionOf(name: string, text: string): number {
  const { oldest, newest } = serverNamed(name).versions;
  const found = parseVersion(text);
  if (found === null || found < oldest || found > newest)
    throw new ValueError(
      `${quoted(`${name}@${text}`)} is not a version that is known; accepted: ${name}@${versionText(oldest)} to ${name}@${versionText(newest)}`,
    );
  return found;
}
