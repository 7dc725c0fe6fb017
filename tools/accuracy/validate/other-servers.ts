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

What a server takes for a request beyond what the application computes, all its processes together, by case on this machine: what \`--overhead\` stands for. Every request came on a connection of its own, without a log of accesses, and through no framework; threads cost a server what their switching costs, and under Daphne a start for each request: AnyIO ends its threads with the task that it finds outermost, which there is the request's own.

${ownCpuTable(all, nameOf)}
`;
}

const WHAT_DEVIATES = `What deviates, and why:

- **An event loop's turns.** A loop runs what was ready when its turn began; what becomes ready meanwhile is for the next one. Daphne's answers leave late: Twisted writes when its reactor polls again, and so after all that was ready by then, and it accepts no more connections at a turn than at the last, or 20 more once it took as many as it might. So it is slower than the queue alone says, most where requests only compute (s-dap-2: by a sixth). Both is predicted and simulated (\`answersLeave\`, \`acceptsAsBefore\`), from Twisted's source and with nothing fitted; these cases showed that it was missing, and are so no independent proof.
- **Closing.** Uvicorn, and Gunicorn's \`asgi\` and \`uvicorn\`, write an answer at once, but close the connection in the loop's next turn (\`transport.close\`). This client speaks HTTP/1.0 and waits for that, so that these cases are compared with answers that leave after the turn; in s-uvi-6, where requests only compute, it is a quarter of the mean. A client that goes by Content-Length, as proxies do, sees the answer sooner, and that is what wcalc predicts. Hypercorn shuts its side at once (\`write_eof\`).
- **Waitress**: its main thread has to close the connection, for which it wants the interpreter's lock, while the thread that answered goes on with the next request of the queue and keeps the lock, for up to 5 ms. Simulation and prediction know that now; what is left of s-wai-1 is 3 to 5 %.
- **Two processes with pools of threads** (s-uvi-4): one process took 57 % of the requests, where half is predicted. Where each request is simulated in the process that took it, mean and 95th percentile are +0.3 % and −5.6 % off. Woken together, as Gunicorn's are, the processes would take 55 and 45 %, but in longer runs than they did, and the mean would be 13 % too high; what their loops do between two connections is not known well enough.
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
