import { UsageError } from '../../host/errors.js';
import { EXIT, type ExitCode } from '../../host/exit.js';
import type { Host } from '../../host/host.js';
import type { Invocation } from '../../input/command.js';

/** `wcalc page`: the page that was made with the program, to stdout or to a file. */
export async function run({ values }: Invocation, host: Host): Promise<ExitCode> {
  const [output, ...more] = values.output ?? [];
  if (more.length > 0) throw new UsageError('--output: page writes one file, and it is given twice');
  const page = host.asset('page.html');
  if (output === undefined) host.stdout.write(page);
  else host.files.writeText(output.replace(/^html=/, ''), page);
  return EXIT.done;
}
