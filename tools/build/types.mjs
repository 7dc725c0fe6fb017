// Writes the types of each entry of the library as one file: what is not exported there is no one's to import.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Extractor, ExtractorConfig } from '@microsoft/api-extractor';

const NOT_REPORTED = { default: { logLevel: 'none' } };

/**
 * @param entries name of the written file (without `.d.ts`) → its source file under `src` (without `.ts`)
 * @param tsconfig that declares the entries
 * @param folder to write to
 */
export function writeTypes(entries, tsconfig, folder) {
  const place = mkdtempSync(resolve(folder, '.declarations-'));
  try {
    execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', tsconfig, '--outDir', place], {
      stdio: 'inherit',
    });
    writeFileSync(join(place, 'package.json'), '{"name":"wcalc","type":"module"}');
    for (const [name, source] of Object.entries(entries))
      rollUp(place, join(place, `${source}.d.ts`), resolve(folder, `${name}.d.ts`));
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

function rollUp(projectFolder, mainEntryPointFilePath, untrimmedFilePath) {
  const compilerOptions = {
    target: 'es2022',
    lib: ['es2023'],
    module: 'nodenext',
    moduleResolution: 'nodenext',
    types: [],
    skipLibCheck: true,
  };
  const { succeeded } = Extractor.invoke(
    ExtractorConfig.prepare({
      configObjectFullPath: undefined,
      packageJsonFullPath: join(projectFolder, 'package.json'),
      configObject: {
        projectFolder,
        mainEntryPointFilePath,
        compiler: { overrideTsconfig: { compilerOptions, files: [mainEntryPointFilePath] } },
        dtsRollup: { enabled: true, untrimmedFilePath },
        apiReport: { enabled: false },
        docModel: { enabled: false },
        tsdocMetadata: { enabled: false },
        messages: { extractorMessageReporting: NOT_REPORTED, tsdocMessageReporting: NOT_REPORTED },
      },
    }),
    { localBuild: true, messageCallback: (message) => silenceNotices(message) },
  );
  if (!succeeded) throw new Error(`${untrimmedFilePath}: the types could not be put in one file`);
}

/** Errors are printed; that the compiler is api-extractor's own is not worth a line in every build. */
function silenceNotices(message) {
  if (message.logLevel === 'info' || message.logLevel === 'verbose') message.handled = true;
}
