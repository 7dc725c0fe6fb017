// Mutation testing: `npm run mutation -- parse/quantity queueing`. Fails below 85 % in any folder.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
const folders = process.argv.slice(2);
if (folders.length === 0) folders.push('parse', 'plan', 'queueing');

let failed = false;
for (const folder of folders) {
  process.stdout.write(`== src/${folder}\n`);
  const { status } = spawnSync(
    process.execPath,
    ['node_modules/@stryker-mutator/core/bin/stryker.js', 'run'],
    {
      stdio: 'inherit',
      env: { ...process.env, WCALC_MUTATED_FOLDER: folder },
    },
  );
  failed ||= status !== 0;
}
process.exitCode = failed ? 1 : 0;
