import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/**
 * Whether a program that a test needs is there. In CI a missing one fails the test instead of skipping it:
 * `.ci/system-packages` installs them all.
 */
export const hasTool = (command: string): boolean =>
  isThere(
    spawnSync('sh', ['-c', `command -v ${command}`]).status === 0,
    `${command} is not installed (.ci/system-packages installs it)`,
  );

/** The same for a module of Debian's Python. */
export const hasPythonModule = (name: string): boolean =>
  isThere(
    spawnSync('/usr/bin/python3', ['-c', `import ${name}`]).status === 0,
    `python3-${name} is not installed (.ci/system-packages installs it)`,
  );

/** The same for what the build makes. */
export const isBuilt = (file: string): boolean =>
  isThere(existsSync(file), `${file} is missing (npm run build makes it)`);

function isThere(found: boolean, otherwise: string): boolean {
  if (!found && process.env.CI) throw new Error(otherwise);
  if (!found) process.stderr.write(`skipped: ${otherwise}\n`);
  return found;
}
