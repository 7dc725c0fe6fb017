import { UsageError } from '../errors.js';
import type { ExitCode } from '../exit.js';
import type { Host } from '../host.js';
import type { Invocation } from './command.js';

export async function runDiff(_invocation: Invocation, _host: Host): Promise<ExitCode> {
  throw new UsageError('--diff: not yet');
}
