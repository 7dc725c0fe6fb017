import type { Host } from '../../host.js';
import { limitsOf } from './limits.js';
import { type SplitWords, servers } from './servers.js';
import { treeAt } from './tree.js';
import type { Detection, Server } from './types.js';

/**
 * What this process may use and which application servers run, read from `/proc` and the control groups below `root`.
 * Nothing is changed; what may not be read is left out and noted.
 */
export async function detect(host: Host, root = '/'): Promise<Detection> {
  const tree = treeAt(host.files, root);
  const limits = limitsOf(tree, 'self');
  const found = servers(tree, await splitter());
  const notes: string[] = [];
  if (limits.cores === null)
    notes.push(`no CPUs found below ${root}: /proc or /sys is missing or unreadable`);
  if (limits.memoryMiB === null)
    notes.push(`no memory size found: ${root === '/' ? '' : root}/proc/meminfo is missing or unreadable`);
  return { limits, servers: found, notes: [...notes, ...found.flatMap(serverNotes)] };
}

export async function splitter(): Promise<SplitWords> {
  const { parse } = (await import('shell-quote')).default;
  return (line) => parse(line).filter((word) => typeof word === 'string');
}

function serverNotes(server: Server): string[] {
  const name = `${server.kind} ${server.master.pid}`;
  const notes: string[] = [];
  if (server.workers.length === 0) notes.push(`${name}: no workers seen`);
  if (server.workers.some((worker) => worker.ussMiB === null)) {
    notes.push(
      `${name}: smaps_rollup may not be read, so only RSS is known; run as the server's user or as root for PSS and USS`,
    );
  }
  if (server.configFile !== null) {
    notes.push(
      `${name}: reads ${server.configFile}; settings made there are not seen here (\`wcalc check ${server.configFile}\` reads them)`,
    );
  } else if (server.workerClass === null) {
    notes.push(`${name}: its worker class cannot be seen from outside; give it with --worker-class`);
  }
  return notes;
}
