/** Requests of one worker process. */
interface ProcessTally {
  count: number;
  totalMs: number;
}

/** Processes by the machine that wrote the log, and their ids there. */
export type ProcessTable = Map<string, Map<number, ProcessTally>>;

/** Processes of a machine that are told apart; a log in which more appear has no process ids. */
export const MOST_PROCESSES = 4096;

/** Counts requests of a process. */
export function addToProcess(
  table: ProcessTable,
  machine: string,
  pid: number,
  count: number,
  totalMs: number,
): void {
  let processes = table.get(machine);
  if (!processes) {
    processes = new Map();
    table.set(machine, processes);
  }
  const known = processes.get(pid);
  if (known) {
    known.count += count;
    known.totalMs += totalMs;
  } else if (processes.size < MOST_PROCESSES) processes.set(pid, { count, totalMs });
}

export function addProcesses(to: ProcessTable, from: ProcessTable): void {
  for (const { machine, pid, count, totalMs } of listed(from)) addToProcess(to, machine, pid, count, totalMs);
}

/** All processes, one by one. */
export const listed = (table: ProcessTable) =>
  [...table].flatMap(([machine, processes]) =>
    [...processes].map(([pid, { count, totalMs }]) => ({ machine, pid, count, totalMs })),
  );
