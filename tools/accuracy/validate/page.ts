import { readFileSync } from 'node:fs';
import { type ShapeErrors, shapeSection } from '../shape-grid/section.js';
import { type Comparison, counts, errorOf, type Pair } from './compare.js';
import { type Case, isDefault } from './measured.js';
import { otherServers } from './other-servers.js';
import { summarize } from './summary.js';
import { caseTable, ms, percent, remarks, serverText, signedTable, summaryTable, table } from './tables.js';

/** The text of docs/accuracy.md. */
export function page(all: readonly Comparison[], shapes: readonly ShapeErrors[]): string {
  const comparisons = all.filter(({ measured }) => isDefault(measured));
  const counted = comparisons.filter(counts).length;
  return `# How right wcalc is about real servers

This page is written by \`npm run validate\` from the latencies in \`fixtures/measured\`; do not edit it by hand. [tools/accuracy/harness](../tools/accuracy/harness/README.md) measures the same on your machine.

## What was measured

${comparisons.length} cases of a real server, every worker class: Gunicorn 26.1 (20.1 where it says so), CPython 3.11, pinned to one or two CPUs of a virtual machine with two. An application burns CPU in pure Python and then sleeps, by laws that the case names. An open-loop client opens a connection per request at Poisson times and counts each latency from the scheduled arrival to the end of the response. ${total(comparisons)} requests in all, after a warm-up of 3 s.

${counted} cases count below. The others are shown but not counted: **noisy** ones, during which others used the machine's CPU or its host took it away, which makes latencies too high; and **skewed** ones, in which Gunicorn split the arrivals unevenly over the private queues of gthread processes, so that no even split predicts them.

Three numbers stand beside each other:

- **simulated**: \`wcalc simulate --trace\` on the very requests that were measured, compared with their own latencies. The server's own CPU is given as \`--overhead\`, as measured.
- **analytic**: what \`wcalc plan\` computes from the laws, the rate and the overhead, compared with the measured value less the sampling error of so short a run (measured × simulated long run ÷ simulated trace).
- the **measured** value.

The simulation has no parameter that was fitted to these cases. It knows the lock's switch interval (5 ms), Linux's scheduling slice (0.75 ms on one CPU, 1.5 ms on two) and how it shares CPUs ([more than one CPU](#more-than-one-cpu)), and that sync holds its worker for 0.1 ms until the client has closed. It takes a quarter of the server's own CPU each for accepting a connection, reading it, answering, and closing it; gthread leaves the first and the last to its main thread, which waits for the lock both times and takes a connection whether a thread is free for it or not; a thread that has answered goes on with the next request of its process's queue, and where no core is free for another thread it keeps the lock meanwhile, so that the connection is closed later (\`_worker\` of concurrent.futures.thread; found where single processes on one CPU were predicted 3 to 6 % too low, and confirmed by Waitress, which does the same). The analytic model has the same parts, and the same 0.1 ms: what each waits for the lock is a mean value analysis of its line, with the switch interval cutting long parts off. How often a thread loses the lock at its system calls was measured apart, beside threads that only compute. What remains: where the server has both CPUs, it shares them with the client. The application computes first and then waits, unless the case spreads its CPU (**spread**), and both ways of asking are told which (\`--cpu-order\`).

## Errors by worker class

Median and largest absolute error of the counted cases.

${summaryTable('class', summarize(comparisons, nameOf))}

### Signed

Mean of the signed errors, and between which the middle 90 % lie: below 0 is optimism. A case stands in every kind that it is of.

${signedTable(comparisons, nameOf)}

![Mean response time, found against measured](accuracy-mean.svg)
![95th percentile, found against measured](accuracy-p95.svg)

${otherServers(all)}

## Behind a balancer

What \`wcalc fleet\` predicts of one of several replicas, against simulated fleets of 2 to 32 replicas with 1 to 8 workers at 0.3 to 0.9 of their capacity: sync with and without waiting, gthread with queues apart and shared, gevent; service times constant to more variable than exponential, and for round-robin 1, 2 or 4 balancers (\`npm run bench:balancer-errors\`). Absolute errors. Turns are followed to the CPU by the dispersion of the work over the time that a queue remembers, and the tail of the shorter of two by its limit for many replicas. The worst are constant demands on processes that share a core, behind several balancers, whose short waits come out too long, and threads with queues of their own behind least-connections.

${readFileSync('tools/accuracy/balancer-errors.md', 'utf8').trim()}

## Every case of Gunicorn

w × t: workers × threads; k: CPUs; c: \`worker_connections\` where not 1000; spread: the CPU in equal parts around the waits. CPU and I/O in ms, by their law. Errors against the measured mean and 95th and 99th percentile.

${caseTable(comparisons)}

## Split queues

A gthread process accepts up to \`worker_connections\` connections whether it has a free thread or not. Every connection wakes the main threads of all processes that are at their poll (a listener in epoll, without EPOLLEXCLUSIVE), in an order that lasts as long as the server runs: the last one forked first. They all stand in line for a CPU then, and Linux's scheduler (EEVDF) runs first the one that it owes most CPU, which is mostly the last in that order: the others looked, found nothing, went back to sleep, and were owed what the one that took the last connection had. So favour is a matter of the order, evened out by what each process computes. The simulator does just that: herd, scheduler, main threads. No share is a parameter; but the shares of such servers were known when this was made, and which details of the kernel it holds was decided with them and with traces of the kernel's scheduler events in view: that what woke goes to one core at random is such a choice (several CPUs), and the kernel's limit on the search for an idle CPU (SIS_UTIL) was tried and left out, since simulated pools on two CPUs then broke down where real ones do not. These cases are so no independent proof. The analytic model takes its shares from it, by processes, CPUs and load, and of two processes on one CPU what the first takes while it has no thread free: 72 % of the connections where the CPU is 30 % busy, for its main thread is then at its poll and finds the lock free, so that a queue draws more into it. A process that is favoured beyond what its threads can do is overloaded while others idle: then the configuration is called unstable, though an even split would do. \`worker_connections = threads\` avoids all this.

Such a server is chaotic near its capacity: g-gth-7 replayed 0.3 to 3.8 ms later, so that the timer ticks fall elsewhere, gives means of 253 to 591 ms, g-gth-2 139 to 269 ms, and three runs of the real one gave 904 to 1,690 ms. A single replay of it is one draw.

**Even** is what even shares would give, the best case. In the last column each request goes to the process that really took it.

${skewTable(comparisons)}

## More than one CPU

Linux does not share CPUs ideally: a core may be idle while a thread waits for another. A thread that wakes while all CPUs are busy waits for the one where it last ran, and may still wait there when another has fallen idle: an idle CPU looks for work with a probability of the share of its looks that found some (Linux 7.0, 6.18.5 and 6.12.65; the kernel under the cases named h- was a 6.18; older and later ones look more often), and else is given some at a tick. The threads of a gthread process pass their lock from CPU to CPU, so that they meet this at every passing, and several such processes lose most. \`simulate --overhead\` shares the CPUs so (\`--scheduler linux\`), by what the kernel's source says and nothing fitted (the cases from h-gth-7 on were measured after it was made). The analytic model follows the number of requests at the CPUs as a birth–death chain, spread over the processes at random: how often a CPU falls idle beside a thread that waits, by pieces of CPU that end, locks that pass on and looks that find nothing, and how long that lasts, until a process wakes, a lock passes on, a thread is done or a tick comes. CPUs that are slower by as much as makes as many requests wait stand for it; threads are taken to have run last on any core alike. Without the server's own CPU (\`--overhead\`) both share the CPUs ideally. **Pinned** cases keep each worker process to one CPU, as \`os.sched_setaffinity\` in a \`post_fork\` hook does, which avoids the loss; both are told so. The last columns show what sharing without loss (\`--scheduler ideal\`) would give.

**What is left.** Where more processes than CPUs share two CPUs, both still predict 3 to 10 % too little. A part of it is probably the machine, not the server: its kernel is started with \`sched_vcpu_pack\`, which the usual kernels do not have; one without it was not tried. The kernel's scheduler events of such cases, measured again (20 s each, moments with other programs left out), show that a thread which wakes while its last CPU is busy and the other is idle stays where it is: 928 of 937 times with four asgi processes, 1,227 of 1,261 with six sync ones, whom the client woke. A CPU was idle beside a waiting thread for 12 % of the time, where the simulation has 3 %. Told to leave threads where they last ran, the simulation gives −3 % instead of −6 % for h-sync-3, −6 instead of −8 for g-sync-4, −5 instead of −6 for h-uvi-2 and −8 instead of −9 for g-asgi-2; but gthread with two processes, whose threads then sort themselves by CPU, −18 instead of −3, which real ones do not. So it is left as the usual kernels are. The client takes 1.5 to 2 % of a CPU and sends 0.1 ms later than on a CPU of its own, which nobody is told either: by estimate 1 to 2 % of a response time.

${severalCpusTable(comparisons)}

${shapeSection(shapes)}`;
}

const total = (comparisons: readonly Comparison[]): string =>
  comparisons.reduce((sum, { measured }) => sum + measured.n, 0).toLocaleString('en');

const nameOf = ({ class: name }: Case): string => name!;

function severalCpusTable(comparisons: readonly Comparison[]): string {
  const head = ['case', 'server', 'measured mean / p95', 'simulated', 'mean', 'p95', 'ideal mean', 'p95', ''];
  const rows = comparisons.flatMap(({ measured: m, simulated, assigned, ideal }) => {
    if (ideal === null) return [];
    const found = assigned ?? simulated;
    return [
      [
        m.id,
        serverText(m),
        `${ms(m.mean)} / ${ms(m.p95)}`,
        `${ms(found.mean.found)} / ${ms(found.p95.found)}`,
        percent(errorOf(found.mean)),
        percent(errorOf(found.p95)),
        percent(errorOf(ideal.mean)),
        percent(errorOf(ideal.p95)),
        remarks(m),
      ],
    ];
  });
  return table(head, rows);
}

function skewTable(comparisons: readonly Comparison[]): string {
  const found = ({ found: value }: Pair): string => ms(value);
  const rows = comparisons.flatMap(({ measured: m, simulated, even, assigned }) =>
    even === null || assigned === null
      ? []
      : [
          [
            m.id,
            serverText(m),
            m.share.map((count) => `${((100 * count) / m.n).toFixed(0)}`).join(' / '),
            `${ms(m.mean)} / ${ms(m.p95)}`,
            `${found(even.mean)} / ${found(even.p95)}`,
            `${found(simulated.mean)} / ${found(simulated.p95)}`,
            `${found(assigned.mean)} / ${found(assigned.p95)}`,
          ],
        ],
  );
  const head = [
    'case',
    'server',
    'requests per process, %',
    'measured mean / p95',
    'simulated, even',
    'simulated, as woken',
    'simulated, as it was',
  ];
  return table(head, rows);
}
