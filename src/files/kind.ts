import { baseName } from './text-file.js';

export type FileKind =
  | 'conf'
  | 'procfile'
  | 'dockerfile'
  | 'compose'
  | 'kubernetes'
  | 'kustomization'
  | 'supervisor'
  | 'fly'
  | 'render'
  | 'cloud-foundry'
  | 'app-platform'
  | 'railway'
  | 'app-engine'
  | 'ecs'
  | 'app-json'
  | 'other-server'
  | 'systemd'
  | 'dotenv'
  | 'script';

const BY_NAME: readonly (readonly [RegExp, FileKind])[] = [
  [/^Procfile(\..+)?$/, 'procfile'],
  [/^(Dockerfile|Containerfile)([._-].+)?$|\.(dockerfile|containerfile)$/i, 'dockerfile'],
  [/^kustomization\.ya?ml$|^Kustomization$/, 'kustomization'],
  [/^render\.ya?ml$/, 'render'],
  [/^fly\.?[\w-]*\.toml$|^fly\.toml$/, 'fly'],
  [/^app\.json$/, 'app-json'],
  [/^(railway\.(json|toml)|nixpacks\.toml)$/, 'railway'],
  [/^supervisor(d)?[\w.-]*\.(conf|ini)$/, 'supervisor'],
  [
    /^uwsgi[\w.-]*\.(ini|xml|cfg)$|^(granian|hypercorn|uvicorn|waitress|daphne|mod_wsgi|circus)[\w.-]*\.(ini|ya?ml|toml|json|conf|xml|cfg)$/i,
    'other-server',
  ],
  [/^(docker-)?compose([._-].+)?\.ya?ml$/, 'compose'],
  [/\.py$/i, 'conf'],
  [/\.service$/, 'systemd'],
  [/^override\.conf$/, 'systemd'],
  [/^\.env(\..+)?$|\.env$/, 'dotenv'],
  [/\.(sh|bash)$/, 'script'],
];

/** What a file is, by its name and where that says nothing by its content; undefined where neither does. */
export function kindOf(path: string, text: string): FileKind | undefined {
  const name = baseName(path);
  const named = BY_NAME.find(([pattern]) => pattern.test(name))?.[1];
  if (named) return named;
  if (/\.(ya?ml|json)$/i.test(name)) return yamlKind(text);
  if (/^\[(Unit|Service)\]\s*$/m.test(text)) return 'systemd';
  if (/^\[program:[^\]]+\]\s*$/m.test(text)) return 'supervisor';
  if (/^\[(uwsgi|server:main)\]\s*$/m.test(text)) return 'other-server';
  if (/^#!.*\b(ba|da|z|a)?sh\b/.test(text)) return 'script';
  if (/^(workers|bind|threads|worker_class|timeout)\s*(:\s*\w+\s*)?=/m.test(text)) return 'conf';
  return yamlKind(text);
}

const OUTER_LIST = /^(services|workers)\s*:[ \t]*\r?\n[ \t]*-[ \t]/m;
const INNER_LIST = /^[ \t]+(services|workers)\s*:[ \t]*\r?\n[ \t]*-[ \t]/m;

function yamlKind(text: string): FileKind | undefined {
  if (/"containerDefinitions"\s*:|^containerDefinitions\s*:/m.test(text)) return 'ecs';
  if (/^runtime\s*:/m.test(text) || /^env\s*:\s*flex/m.test(text)) return 'app-engine';
  if (/^applications\s*:/m.test(text)) return 'cloud-foundry';
  // Services of Compose are a map.
  const isSpec = /^spec\s*:/m.test(text) && !/^kind\s*:/m.test(text);
  if ((isSpec ? INNER_LIST : OUTER_LIST).test(text)) return 'app-platform';
  if (/^[ \t]*"?services"?\s*:/m.test(text)) return 'compose';
  return /^[ \t-]*"?kind"?\s*:/m.test(text) ? 'kubernetes' : undefined;
}
