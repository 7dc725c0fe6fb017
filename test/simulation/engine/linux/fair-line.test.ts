import { describe, expect, it } from 'vitest';
import { FairLine } from '../../../../src/simulation/engine/linux/fair-line.js';
import { Threads } from '../../../../src/simulation/engine/linux/threads.js';
import { RequestPool } from '../../../../src/simulation/engine/request-pool.js';

const NOBODY = -1;

/** One core with a line, and requests of threads that have had so much CPU. */
function line(...had: readonly number[]) {
  const pool = new RequestPool();
  const threads = new Threads(had.length, 1);
  const requests = had.map((vruntime, thread) => {
    const request = pool.take();
    pool.thread[request] = thread;
    threads.vruntime[thread] = vruntime;
    threads.deadline[thread] = vruntime + 3;
    return request;
  });
  return { threads, requests, fair: new FairLine(pool, threads, 3, 4) };
}

describe('a line by EEVDF', () => {
  it('lets who has had least run first, and of equals who has waited longer', () => {
    const { fair, requests } = line(4, 1, 1);
    for (const request of requests) fair.join(request);
    expect(fair.next(NOBODY)).toBe(requests[1]);
  });

  it('lets nobody run who has had more than the average, however early its deadline', () => {
    const { fair, requests, threads } = line(10, 2);
    threads.deadline[0] = 0;
    for (const request of requests) fair.join(request);
    expect(fair.next(NOBODY)).toBe(requests[1]);
  });

  it('keeps for a thread what it was owed when it fell asleep, in whatever company it wakes', () => {
    // Of 6 and 0 the second is owed 3. Among one other at 6 it is put at 6 − 3 × 2: the average less what it is owed.
    const { fair, requests, threads } = line(6, 0);
    fair.join(requests[0]!);
    fair.fallAsleep(requests[1]!);
    expect(threads.lag[1]).toBe(3);
    fair.wake(requests[1]!, NOBODY);
    expect(threads.vruntime[1]).toBe(0);
  });

  it('counts one that fell asleep with more than its share until it has made up for it', () => {
    const { fair, requests, threads } = line(6, 0, 0);
    fair.join(requests[1]!);
    fair.fallAsleep(requests[0]!);
    expect(threads.isOverdrawn[0]).toBe(1);
    // The average is still of both: the other is owed 3 when it falls asleep, and it wakes with what it has had.
    fair.wake(requests[0]!, NOBODY);
    expect(threads.vruntime[0]).toBe(6);
    expect(threads.isOverdrawn[0]).toBe(0);
  });

  it('owes nothing to the last one that falls asleep', () => {
    const { fair, requests, threads } = line(6);
    fair.fallAsleep(requests[0]!);
    expect(threads.lag[0]).toBe(0);
    fair.wake(requests[0]!, NOBODY);
    expect(threads.vruntime[0]).toBe(6);
  });
});
