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

/** The program of another major version of Node, which npm keeps in its cache or fetches; null where neither can be. */
export function nodeOfMajor(major: number): string | null {
  const { stdout } = spawnSync('npx', ['--yes', '--package', `node@${major}`, '-c', 'command -v node'], {
    encoding: 'utf8',
    timeout: 180_000,
  });
  const path = stdout?.trim() ?? '';
  return isThere(existsSync(path), `Node ${major} cannot be had from npm`) ? path : null;
}

/** The same for what the build makes. */
export const isBuilt = (file: string): boolean =>
  isThere(existsSync(file), `${file} is missing (npm run build makes it)`);

function isThere(found: boolean, otherwise: string): boolean {
  if (!found && process.env.CI) throw new Error(otherwise);
  if (!found) process.stderr.write(`skipped: ${otherwise}\n`);
  return found;
}
