import type { Host } from '../../host/host.js';
import { serverNamed } from '../../servers/index.js';
import { limitsOf } from './limits.js';
import { type SplitWords, servers } from './servers.js';
import { type Tree, treeAt } from './tree.js';
import type { Detection, SeenServer } from './types.js';

/**
 * What this process may use and which application servers run, read from `/proc` and the control groups below `root`.
 * Nothing is changed; what may not be read is left out and noted.
 */
export async function detect(host: Host, root = '/'): Promise<Detection> {
  const tree = treeAt(host.files, root);
  const limits = limitsOf(tree, 'self');
  const { found, more } = await serversOf(tree);
  const notes: string[] = [];
  if (limits.cores === null)
    notes.push(`no CPUs found below ${root}: /proc or /sys is missing or unreadable`);
  if (limits.memoryMiB === null)
    notes.push(`no memory size found: ${root === '/' ? '' : root}/proc/meminfo is missing or unreadable`);
  if (more > 0) notes.push(`${more} more servers run than the ${found.length} that were looked at`);
  return { limits, servers: found, notes: [...notes, ...found.flatMap(serverNotes)] };
}

/** The Python reader is loaded only where a server has a configuration file. */
async function serversOf(tree: Tree): Promise<ReturnType<typeof servers>> {
  const split = await splitter();
  const seen = servers(tree, split, null);
  if (seen.found.every((server) => server.configRead)) return seen;
  return servers(tree, split, (await import('./configuration.js')).readConfiguration);
}

async function splitter(): Promise<SplitWords> {
  const { parse } = (await import('shell-quote')).default;
  return (line) => parse(line).filter((word) => typeof word === 'string');
}

/** Younger workers have not yet written to the pages that they will come to own. */
const SETTLED_SECONDS = 300;

function serverNotes(server: SeenServer): string[] {
  const name = `${server.kind} ${server.master.pid}`;
  const notes: string[] = [];
  if (server.workers.length === 0) notes.push(`${name}: no workers seen`);
  if (server.workers.some((worker) => worker.ussMiB === null)) {
    notes.push(
      `${name}: smaps_rollup may not be read, so only RSS is known; run as the server's user or as root for PSS and USS`,
    );
  }
  const youngest = Math.min(...server.workers.map((worker) => worker.ageSeconds ?? SETTLED_SECONDS));
  if (server.memory?.basis === 'uss' && youngest < SETTLED_SECONDS) {
    notes.push(
      `${name}: workers are only ${Math.round(youngest)} s old, and their private memory still grows as they serve; look again under load, or watch with --watch`,
    );
  }
  if (!server.configRead) {
    notes.push(`${name}: its configuration file ${server.configFile} may set what cannot be seen here`);
  } else if (
    server.workerClass === null &&
    serverNamed(server.kind).kinds.length > 1 &&
    !serverNamed(server.kind).spawns
  ) {
    notes.push(`${name}: its worker class cannot be seen from outside; give it with --worker-class`);
  }
  return notes;
}
