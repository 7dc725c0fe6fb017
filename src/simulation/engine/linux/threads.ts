/**
 * The threads of the server as Linux's scheduler knows them (EEVDF, kernel/sched/fair.c). Thread p < processes is the main
 * thread of process p; others are added when a pool starts them. Times in ms of CPU.
 */
export class Threads {
  /** CPU that the thread has had, on the scale of its core. */
  vruntime: Float64Array;
  /** When its slice is over, on the same scale: the earliest deadline runs first. */
  deadline: Float64Array;
  /** What it was owed when it went to sleep; negative where it had had more than its share. */
  lag: Float64Array;
  /** Where it ran last. */
  core: Int32Array;
  /** 1 where it sleeps, but is still in line at its core, since it had had more than its share. */
  isOverdrawn: Uint8Array;
  private count: number;

  /** One main thread a process, spread over the cores. */
  constructor(processes: number, cores: number) {
    const room = Math.max(16, 2 * processes);
    this.vruntime = new Float64Array(room);
    this.deadline = new Float64Array(room);
    this.lag = new Float64Array(room);
    this.core = Int32Array.from({ length: room }, (_, thread) => (thread < processes ? thread % cores : 0));
    this.isOverdrawn = new Uint8Array(room);
    this.count = processes;
  }

  /** A new thread, which begins on this core. */
  add(core: number): number {
    if (this.count === this.core.length) this.grow();
    this.core[this.count] = core;
    return this.count++;
  }

  private grow(): void {
    const room = 2 * this.core.length;
    const floats = (old: Float64Array): Float64Array => {
      const grown = new Float64Array(room);
      grown.set(old);
      return grown;
    };
    this.vruntime = floats(this.vruntime);
    this.deadline = floats(this.deadline);
    this.lag = floats(this.lag);
    const core = new Int32Array(room);
    core.set(this.core);
    this.core = core;
    const isOverdrawn = new Uint8Array(room);
    isOverdrawn.set(this.isOverdrawn);
    this.isOverdrawn = isOverdrawn;
  }
}
