import { baseName, type Source } from '../text-file.js';
import { EMPTY_SERVICE, type ServiceReading } from './service.js';

/** A shell script that starts a server. Its conditions are not followed: the first Gunicorn in it is taken. */
export function readShellScript(source: Source): readonly ServiceReading[] {
  const { text } = source;
  if (!/\bgunicorn\b/.test(text)) return [];
  return [
    {
      ...EMPTY_SERVICE,
      name: baseName(source.file),
      platform: 'script',
      file: source.file,
      at: source.at(0),
      command: {
        kind: 'line',
        text,
        isShell: true,
        variables: 'shell',
        place: { source, from: 0, to: text.length },
      },
    },
  ];
}
