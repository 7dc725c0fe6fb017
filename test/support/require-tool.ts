import { spawnSync } from 'node:child_process';

/**
 * Whether a program that a test needs is there. In CI a missing one fails the test instead of skipping it:
 * `.ci/system-packages` installs them all.
 */
export function hasTool(command: string): boolean {
  const found = spawnSync('sh', ['-c', `command -v ${command}`]).status === 0;
  if (!found && process.env.CI) throw new Error(`${command} is missing; .ci/system-packages installs it`);
  if (!found)
    process.stderr.write(`skipped: ${command} is not installed (.ci/system-packages installs it)\n`);
  return found;
}
