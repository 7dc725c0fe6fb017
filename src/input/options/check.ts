import type { Option } from '../option.js';
import { choice, count, duration, flag, path, serverName, text } from '../types.js';

/** Options of `wcalc check` alone. */
export const checkOptions = {
  failOn: {
    type: choice('error', 'warning', 'note'),
    group: 'Input',
    help: 'least severity that fails the check',
    fallback: 'error',
  },
  rule: {
    type: text,
    group: 'Input',
    help: 'severity of a rule, ID=error, warning, note or off; in the file, rules: {ID: …}',
    repeatable: true,
    flagOnly: true,
  },
  allowUnknown: {
    type: flag,
    group: 'Input',
    help: 'accept servers whose settings cannot be read',
    flagOnly: true,
  },
  baseline: {
    type: path,
    group: 'Input',
    help: 'file of accepted findings; only new ones fail',
    power: 'accepts',
  },
  updateBaseline: {
    type: flag,
    group: 'Input',
    help: 'write the findings to the baseline file',
    flagOnly: true,
  },
  diff: {
    type: flag,
    group: 'Input',
    help: 'say what changes from one version to the next, or to this directory',
    flagOnly: true,
  },
  to: {
    type: serverName,
    group: 'Input',
    help: 'print the settings as those of another server, and what changes',
    flagOnly: true,
  },
  listRules: { type: flag, group: 'Output', help: 'list the rules', flagOnly: true },
  env: {
    type: text,
    group: 'Input',
    help: 'variable that the server is started with, NAME=VALUE',
    repeatable: true,
    flagOnly: true,
  },
  proxyIdleTimeout: {
    type: duration,
    group: 'Server',
    help: 'how long the load balancer in front keeps an idle connection (ALB 60 s, Google 600 s, nginx 60 s, Traefik 90 s)',
  },
  proxyConnections: {
    type: count(1, 1_000_000),
    group: 'Server',
    help: 'connections that the proxy in front keeps open to one copy of the server (nginx: keepalive × its workers)',
  },
  slowest: { type: duration, group: 'Request', help: 'longest request that is known to happen' },
  somaxconn: {
    type: count(),
    group: 'Machine',
    help: "the kernel's limit of a listen backlog",
    fallback: '4096',
  },
} as const satisfies Record<string, Option<unknown>>;
