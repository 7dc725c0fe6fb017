import { EXIT, type ExitCode } from '../exit.js';
import type { Host } from '../host.js';
import type { Invocation } from './command.js';

/** `wcalc plan`. */
export async function run(invocation: Invocation, host: Host): Promise<ExitCode> {
  host.stdout.write(`${JSON.stringify(invocation.values)}\n`);
  return EXIT.done;
}
