import { SourceError, UsageError } from '../../host/errors.js';
import { EXIT, type ExitCode } from '../../host/exit.js';
import type { Host } from '../../host/host.js';
import type { Values } from '../../input/options.js';
import type { FitReport } from '../../observe/fit-report.js';
import type { Delivery } from '../../output/deliver.js';
import { notice } from '../../text/notice.js';

/** How the messages of one kind of source speak of it. */
interface Said {
  /** What the files are given to, such as `--load-test`. */
  readonly where: string;
  /** One of them: `file`, `log`. */
  readonly one: string;
  readonly accepted: string;
}

/** Throws where a name is given twice, or nothing that can be read has it. */
export function requireFiles(
  names: readonly string[],
  { where, one, accepted }: Said,
  isThere: (name: string) => boolean,
): void {
  const twice = names.find((name, n) => names.indexOf(name) < n);
  if (twice !== undefined)
    throw new UsageError(`${where}: ${twice} is given twice and would count twice; give each ${one} once`);
  for (const name of names)
    if (name !== '-' && !isThere(name))
      throw new SourceError(`${name}: there is no such file, or it may not be read; accepted: ${accepted}`);
}

/** Whether a name is that of a plain file. */
export const isFileIn =
  ({ files }: Host) =>
  (name: string): boolean =>
    files.status(name)?.kind === 'file';

/** Throws where the profile is asked for of what is not counted into one. */
export function refuseProfile({ format }: Values, flag: string): void {
  if (format === 'profile')
    throw new UsageError(
      `--format profile is what logs are counted into; accepted with ${flag}: table, json, yaml (which --profile reads)`,
    );
}

/** Writes what was learnt, and its notes beside it. */
export async function deliverReport(
  report: FitReport,
  delivery: Delivery<FitReport>,
  { quiet }: Values,
  host: Host,
): Promise<ExitCode> {
  await delivery.write(report);
  if (!quiet && delivery.format !== 'json')
    for (const note of report.notes) host.stderr.write(notice(`note: ${note}`));
  return EXIT.done;
}
