// Mutation testing: `npm run mutation -- input/quantity 'math/queues/*' math/queues/closed/bounds.ts` mutates folders with all
// below them, the files directly in a folder, or one file, each against the tests of that folder. Fails below 85 % in any.
// --share=0.05 tries a twentieth of the mutants, drawn by a seed: --share=0.05:2 draws others.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

process.chdir(fileURLToPath(new URL('../..', import.meta.url)));
const words = process.argv.slice(2);
const parts = words.filter((word) => !word.startsWith('--'));
const share = words.find((word) => word.startsWith('--share='))?.slice('--share='.length);
if (parts.length === 0) parts.push('input', 'plan', 'math');

/** A part that is not a whole folder. */
const isShallow = (part) => /\/\*$|\.ts$/.test(part);

function sourcesOf(part) {
  if (part.endsWith('.ts')) return `src/${part}`;
  return isShallow(part) ? `src/${part}.ts` : `src/${part}/**/*.ts`;
}

/**
 * Rooms whose tests stand in part with those who ask them: readers of platforms are tried through what is found, load tests
 * through fit, the rules of servers through check and its command, what they emit through the platforms that it is put into, and
 * fleets through their command.
 */
const TRIED_THROUGH = [
  [/^files/, ['servers/deployments', 'servers/gunicorn', 'check']],
  [/^check/, ['commands/check']],
  [/^observe\/load-tests/, ['commands/fit']],
  [/^fleet/, ['commands/fleet']],
  [/^servers\/[^/]+\/rules/, ['check', 'commands/check']],
  [/^servers\/[^/]+\/.+\.ts$/, ['servers', 'output/deploy']],
];

/** Tests in the folder of the same name, or in the nearest above it that has tests. */
function testsOf(part) {
  let folder = isShallow(part) ? dirname(part) : part;
  while (!existsSync(`test/${folder}`)) folder = dirname(folder);
  const through = TRIED_THROUGH.find(([rooms]) => rooms.test(part))?.[1] ?? [];
  return [
    `test/${folder}/${isShallow(part) ? '' : '**/'}*.test.ts`,
    ...through.map((one) => `test/${one}/**/*.test.ts`),
  ].join();
}

let failed = false;
for (const part of parts) {
  process.stdout.write(`== src/${part}\n`);
  const { status } = spawnSync(
    process.execPath,
    ['node_modules/@stryker-mutator/core/bin/stryker.js', 'run', 'tools/mutation/stryker.config.mjs'],
    {
      stdio: 'inherit',
      env: {
        ...process.env,
        ...(share !== undefined && { WCALC_MUTANT_SHARE: share }),
        WCALC_MUTATED: sourcesOf(part),
        WCALC_MUTATED_TESTS: testsOf(part),
      },
    },
  );
  failed ||= status !== 0;
}
process.exitCode = failed ? 1 : 0;
