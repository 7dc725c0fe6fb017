import { keyValues } from '../../files/key-values.js';
import { known, type Reading, type Scalar, unknown } from '../../files/reading.js';
import type { Source } from '../../files/text-file.js';
import type { Lookup, StartReading } from '../manual.js';
import { readFile } from '../settings/read-line.js';
import { waitress } from './index.js';

const SECTION = 'server:main';

/** A PasteDeploy file whose `[server:main]` is Waitress, as `pserve` reads it. */
export const isPasteFile = ({ text }: Source): boolean =>
  /^\[server:main\]/m.test(text) && /^[ \t]*use\s*=\s*egg:waitress(#|\s*$)/m.test(text);

/** What `[server:main]` sets, by the names of Waitress's arguments. */
export function readPaste(source: Source, _outer: unknown, lookup: Lookup): readonly StartReading[] {
  if (!isPasteFile(source)) return [];
  lookup.used(source);
  const settings = new Map<string, Reading<Scalar>>();
  for (const { section, key, value, at } of keyValues(source))
    if (section === SECTION && Object.hasOwn(waitress.commandLine.settings, key))
      settings.set(
        key,
        value.includes('%(') ? unknown('what is filled in is not read', at) : known<Scalar>(value, at),
      );
  return [readFile(source, settings)];
}
