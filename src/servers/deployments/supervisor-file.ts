import { type CommandWord, literal } from '../../files/shell/command-text.js';
import type { Source } from '../../files/text-file.js';

/** The configuration that supervisord is started with: `-c FILE`, else the only one that was given. */
export function supervisorFile(
  args: readonly CommandWord[],
  given: readonly Source[],
  find: (path: string) => Source | null,
): Source | null {
  const texts = args.map((word) => literal(word) ?? '');
  const at = texts.findIndex(
    (text) => text === '-c' || text.startsWith('--configuration') || /^-c./.test(text),
  );
  const path =
    at < 0
      ? undefined
      : texts[at] === '-c' || texts[at] === '--configuration'
        ? texts[at + 1]
        : texts[at]!.replace(/^(-c|--configuration=)/, '');
  const named = path === undefined ? null : find(path);
  return (
    named ?? (given.length === 1 ? given[0]! : null) ?? (path === undefined ? find('supervisord.conf') : null)
  );
}
