import { sizingVariable } from '../../files/platforms/base-images.js';
import type { ServiceReading } from '../../files/platforms/service.js';
import type { Launch } from './launch.js';
import { isKnownProgram } from './own-programs.js';
import { programOf } from './programs.js';

/** Where something is started, and by which way. */
export type Start = Pick<Launch, 'at' | 'condition' | 'scripts'>;

const WRITE_COMMAND =
  'write the command that it runs instead, or size it with wcalc plan and accept it with --allow-unknown';

/** A script that is not there to be read. */
export const missing = (base: Start, file: string): Launch => ({
  ...base,
  kind: 'unread',
  what: `${file}, which was not given`,
  give: `name the script that is ${file} among the files to check`,
});

/** A task whose name speaks of serving may start a server; other tasks are no servers. */
export const runByTask = (base: Start, task: string, words: readonly string[]): Launch =>
  programOf(words.slice(1)) !== null || /\b(serve|server|web|api|app|start|run)\b/.test(task)
    ? {
        ...base,
        kind: 'unread',
        what: `${task}, whose file of tasks is not read`,
        give: WRITE_COMMAND,
      }
    : { ...base, kind: 'other', program: task };

/** Options such as `--workers 4` and an application such as `shop.wsgi:application`. */
export const givesSize = (words: readonly string[]): boolean =>
  words.some((word) =>
    /^(-w\d*|--(workers|threads|processes|worker-class)(=.*)?|[a-z_][\w.]*:[a-z_]\w*(\(\))?)$/i.test(word),
  );

/** Options without a program before them: the image, which was not read, has it. */
export const withoutProgram = (base: Start, [first]: readonly string[]): Launch => ({
  ...base,
  kind: 'unread',
  what: `what its image starts, given ${first} and more, and the image was not read`,
  give: 'give the Dockerfile of the image among the files to check, or write the program before its options',
});

/** A program that is not known and is given the size of a server, which it may start. */
export function sizedProgram(
  service: ServiceReading,
  image: ServiceReading | null,
  launches: readonly Launch[],
): Exclude<Launch, { kind: 'other' }> | undefined {
  const variable = sizingVariable(service, image);
  const launch = launches.find((one) => one.kind === 'other' && !isKnownProgram(one.program.split(' ')[0]!));
  if (variable === undefined || launch?.kind !== 'other') return undefined;
  const { at, condition, scripts, program } = launch;
  return {
    at,
    condition,
    scripts,
    kind: 'unread',
    what: `${program}, which was not read and may start a server: ${variable} is set`,
    give: WRITE_COMMAND,
  };
}
