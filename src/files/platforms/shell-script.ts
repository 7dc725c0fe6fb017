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
