import type { Option } from '../option.js';
import { cpu, memory, memoryOrShare, memoryOrZero } from '../types.js';

export const machineOptions = {
  cores: { type: cpu, group: 'Machine', help: 'CPU the server may use; a fractional quota stays fractional' },
  mem: { type: memory, group: 'Machine', help: 'memory the server may use' },
  perWorker: {
    type: memory,
    group: 'Memory',
    help: 'memory one worker adds (USS or PSS when preloading, RSS when not)',
    measuring: [
      'Measure workers that have served real traffic for some hours, since they grow: a worker that has just started is too small a figure. Take the largest of them rather than the mean.',
      'On the machine that runs the server, wcalc detect finds the servers and shows the PSS and USS of their workers; wcalc detect --format yaml > machine.yaml keeps it for --profile machine.yaml.',
      'Without wcalc, on Linux: pgrep -a NAME lists the processes of a program, and grep -E "^(Rss|Pss|Private)" /proc/PID/smaps_rollup shows the memory of one. In a container, run it there. On macOS, ps -o pid,rss,command shows the RSS in KiB.',
      'Which figure: RSS counts shared pages again in every worker, so it is right only where nothing is shared. PSS shares them out evenly, and the PSS of all workers adds up to what they take. USS is what a worker has alone (Private_Clean + Private_Dirty): give it together with --shared, what they share.',
    ],
  },
  shared: {
    type: memoryOrZero,
    group: 'Memory',
    help: 'memory all workers share once (preload, copy-on-write)',
    fallback: '0',
  },
  perThread: {
    type: memoryOrZero,
    group: 'Memory',
    help: 'memory a busy thread or in-flight request adds',
    fallback: '0',
  },
  master: { type: memoryOrZero, group: 'Memory', help: 'memory of the arbiter itself', fallback: '0' },
  reserve: { type: memoryOrShare, group: 'Memory', help: 'memory kept for anything else', fallback: '0' },
} as const satisfies Record<string, Option<unknown>>;
