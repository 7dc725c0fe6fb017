import { plainWord } from '../shell/command-text.js';
import { baseName, type Source } from '../text-file.js';
import { EMPTY_SERVICE, type ServiceReading } from './service.js';

/** A shell script that nothing else starts, as a service of its own: what it is given is not known. */
export const scriptService = (source: Source): ServiceReading => ({
  ...EMPTY_SERVICE,
  name: baseName(source.file),
  platform: 'script',
  file: source.file,
  at: source.at(0),
});

/** A Python program that nothing else starts, run by itself. */
export function programService(source: Source): ServiceReading {
  const place = { source, from: 0, to: 0 };
  const words = [plainWord('python', place), plainWord(baseName(source.file), place)];
  return { ...scriptService(source), command: { kind: 'words', words } };
}
