const NEVER = Number.POSITIVE_INFINITY;

/**
 * Future events by time: a binary heap in typed arrays, so that no event allocates. Events are whole numbers. The earlier
 * of two children is picked by arithmetic, as a branch would be mispredicted half of the time.
 */
export class EventQueue {
  /** Time of the event to push, in its one element: an argument would be boxed. */
  readonly at = new Float64Array(1);
  private size = 0;
  /** Infinity beyond the events, so that no reader asks how many there are. */
  private times = new Float64Array(64).fill(NEVER);
  private events = new Int32Array(64);

  /** Time of the earliest event, Infinity when there is none. */
  get nextTime(): number {
    return this.times[0]!;
  }

  /** Adds an event at the time that `at` holds. */
  push(event: number): void {
    const time = this.at[0]!;
    let hole = this.size++;
    if (this.size === this.times.length) this.grow();
    const { times, events } = this;
    while (hole > 0) {
      const parent = (hole - 1) >> 1;
      if (times[parent]! <= time) break;
      times[hole] = times[parent]!;
      events[hole] = events[parent]!;
      hole = parent;
    }
    times[hole] = time;
    events[hole] = event;
  }

  /** Takes the earliest event out; the queue must not be empty. */
  pop(): number {
    const { times, events } = this;
    const first = events[0]!;
    const last = --this.size;
    const time = times[last]!;
    times[last] = NEVER;
    let hole = 0;
    let child = 1;
    while (child < last) {
      child += Number(times[child + 1]! < times[child]!);
      if (times[child]! >= time) break;
      times[hole] = times[child]!;
      events[hole] = events[child]!;
      hole = child;
      child = 2 * hole + 1;
    }
    if (last > 0) times[hole] = time;
    events[hole] = events[last]!;
    return first;
  }

  private grow(): void {
    const times = new Float64Array(2 * this.times.length).fill(NEVER);
    const events = new Int32Array(2 * this.events.length);
    times.set(this.times);
    events.set(this.events);
    this.times = times;
    this.events = events;
  }
}
