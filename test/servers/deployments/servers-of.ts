import { scalarText } from '../../../src/files/reading.js';
import { sourceOf } from '../../../src/files/text-file.js';
import type { Deployment } from '../../../src/servers/deployments/deployment.js';
import { type Project, readProject } from '../../../src/servers/deployments/project.js';

/** A project of these files, some of which were come across; others beside them can be found by reference. */
export function projectOf(
  files: Record<string, string>,
  beside: Record<string, string> = {},
  found: readonly string[] = [],
): Promise<Project> {
  const source = (all: Record<string, string>, path: string) =>
    path in all ? sourceOf(path, all[path]!) : null;
  return readProject({
    sources: Object.keys(files).map((path) => sourceOf(path, files[path]!)),
    load: (path) => source(files, path) ?? source(beside, path),
    variables: [],
    found: new Set(found),
    cpuCount: () => ({ value: 4, assumes: [] }),
  });
}

/** `workers=4@file:line:column` for each setting asked for; `?` and the reason where unknown. */
export function settingsText(deployment: Deployment, ...names: string[]): string {
  return names
    .map((name) => {
      const setting = deployment.settings.get(name);
      if (!setting) return `${name}=default`;
      const { reading } = setting;
      const { file, line, column } = reading.at;
      return `${name}=${reading.known ? scalarText(reading.value) : `? ${reading.why}`}@${file}:${line}:${column}`;
    })
    .join(' ');
}

export async function oneServer(
  files: Record<string, string>,
  beside: Record<string, string> = {},
): Promise<Deployment> {
  const { deployments, failures } = await projectOf(files, beside);
  if (deployments.length !== 1 || failures.length > 0)
    throw new Error(
      `${deployments.length} servers: ${deployments.map(({ name }) => name).join(', ')}; ${JSON.stringify(failures)}`,
    );
  return deployments[0]!;
}
