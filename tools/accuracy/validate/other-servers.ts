import { type Comparison, counts } from './compare.js';
import { type Case, isDefault, kindOf, serverOf } from './measured.js';
import { ownCpuTable } from './own-cpu.js';
import { summarize } from './summary.js';
import { caseTable, signedTable, summaryTable } from './tables.js';

/** The sections of docs/accuracy.md on servers other than the default one. */
export function otherServers(all: readonly Comparison[]): string {
  const comparisons = all.filter(({ measured }) => !isDefault(measured));
  if (comparisons.length === 0) return '';
  return `## Other servers

${comparisons.length} cases of the servers that Debian 12 has beside Gunicorn, ${comparisons.filter(counts).length} of them counted: ${versions(comparisons)}. Machine, application, client and comparison are those above. An ASGI application's code runs **async** on the loop, in **threads** of Starlette's pool as \`def\` endpoints do, or as **django** in a thread of each request, which is how Django 4 and later run sync views (with asgiref). The loop is asyncio's, with h11; uvloop's, with httptools, where it says so. mod_wsgi runs in daemon mode behind Apache's event MPM.

${summaryTable('server', summarize(comparisons, titleOf))}

${signedTable(comparisons, nameOf)}

${WHAT_DEVIATES}

${caseTable(comparisons)}

## The servers' own CPU

What a server takes for a request beyond what the application computes, all its processes together, by case on this machine: what \`--overhead\` stands for. Every request came on a connection of its own, without a log of accesses, and through no framework; threads cost a server what their switching costs.

${ownCpuTable(all, nameOf)}
`;
}

const WHAT_DEVIATES = `What deviates, and why:

- **Daphne on the loop** is slower than predicted, most where requests only compute (s-dap-2). Twisted writes an answer, and closes, when its reactor comes round the next time (\`FileDescriptor.write\`), so that an answer waits for all requests that were ready in the same turn of the loop.
- **Uvicorn where requests only compute** (s-uvi-6): the answer itself is written at once, but the connection is closed in the loop's next turn (\`transport.close\`), and the client, which asks by HTTP/1.0, waits for that. A client that goes by Content-Length, as proxies do, does not. Hypercorn shuts its side at once (\`write_eof\`; s-hyp-4).
- **Waitress**: its main thread has to close the connection, for which it wants the interpreter's lock, while the thread that answered goes on with the next request of the queue and keeps the lock, for up to 5 ms. Simulation and prediction know that now; what is left of s-wai-1 is 3 to 5 %.
- **Two processes with pools of threads** (s-uvi-4): the tail is longer than an even split at random gives, as one process takes several connections in a row.
- **uWSGI and mod_wsgi on two CPUs** (s-uws-2, s-mod-2): the client and Apache's own processes run there too, and threads pass their lock from CPU to CPU; simulated better than predicted, as it is of Gunicorn ([more than one CPU](#more-than-one-cpu)).
- The thunder lock changes nothing that can be seen at such rates (s-uws-4). mod_wsgi's CPU has a part, 0.2 ms, that Apache's own processes take.`;

const titleOf = (measured: Case): string => serverOf(measured).title;

/** Server, and its class or how the application's code runs in it. */
function nameOf(measured: Case): string {
  const { workerClass, handlers } = kindOf(measured);
  const kind = workerClass ?? handlers;
  const loop = measured.loop === undefined ? '' : `, ${measured.loop}`;
  return kind === null ? titleOf(measured) : `${titleOf(measured)} (${kind}${loop})`;
}

function versions(comparisons: readonly Comparison[]): string {
  const named = comparisons.map(({ measured }) => `${titleOf(measured)} ${measured.version.split('-')[0]}`);
  return [...new Set(named)].join(', ');
}
