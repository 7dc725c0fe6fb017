import { type OptionType, type PowerOfValue, parseOr, ValueError } from '../option.js';
import { distribution, type LawShape } from './distribution.js';

/** A law by its shape, or measured values in a file, one number of ms per line. */
export type SampledLaw = LawShape | { readonly kind: 'empirical'; readonly path: string };

const PREFIX = 'empirical:';

/** The law of a part of a request. */
export const sampledLaw: OptionType<SampledLaw> = {
  name: 'distribution',
  accepts: `${distribution.accepts}, ${PREFIX}FILE (one value in ms per line)`,
  format: (law) => (law.kind === 'empirical' ? `${PREFIX}${law.path}` : distribution.format(law)),
  parse(text) {
    if (!text.trim().toLowerCase().startsWith(PREFIX))
      return parseOr(
        distribution,
        text,
        (message) => new ValueError(message.replace(distribution.accepts, this.accepts)),
      );
    const path = text.trim().slice(PREFIX.length);
    if (path === '') throw new ValueError(`"${text}" names no file, as in ${PREFIX}cpu.txt`);
    return { kind: 'empirical', path };
  },
};

/** A law that is measured values is read from a file. */
export const readsFile: PowerOfValue = (law) =>
  (law as SampledLaw).kind === 'empirical' ? 'reads' : undefined;
