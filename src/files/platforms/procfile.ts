import type { Source } from '../text-file.js';
import { EMPTY_SERVICE, type ServiceReading } from './service.js';

const LINE = /^([A-Za-z0-9_-]+):(\s*)(.*?)\s*$/;

/** The process types of a Procfile; each is a line of a shell. */
export function readProcfile(source: Source): readonly ServiceReading[] {
  const services: ServiceReading[] = [];
  let offset = 0;
  for (const line of source.text.split('\n')) {
    const match = LINE.exec(line.replace(/\r$/, ''));
    if (match?.[3]) {
      const [, name = '', gap = '', text] = match;
      const from = offset + name.length + 1 + gap.length;
      services.push({
        ...EMPTY_SERVICE,
        name,
        platform: 'procfile',
        file: source.file,
        at: source.at(from, from + text.length),
        command: {
          kind: 'line',
          text,
          isShell: true,
          variables: 'shell',
          place: { source, from, to: from + text.length },
        },
      });
    }
    offset += line.length + 1;
  }
  return services;
}
