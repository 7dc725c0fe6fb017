import { describe, expect, test } from 'vitest';
import { mmc } from '../../../src/math/queues/index.js';
import { loopState } from '../../../src/model/loops/chain.js';
import { LoopGrid } from '../../../src/model/loops/grid.js';
import { LoopLines } from '../../../src/model/loops/lines.js';
import type { LoopState, Loops, Takes } from '../../../src/model/loops/loops.js';
import { LoopSolution } from '../../../src/model/loops/solution.js';
import { loopWaits } from '../../../src/model/loops/waits.js';

const TAKES: readonly Takes[] = ['when-dry', 'every-turn', 'one-per-turn'];

/** Bursts of mean 1, a core for each process, without returns unless given. */
const loops = (processes: number, load: number, given: Partial<Loops> = {}): Loops => ({
  processes,
  arrivals: load * processes,
  returns: 0,
  takes: 'when-dry',
  turns: 1,
  completions: (busy) => busy,
  ...given,
});

const population = ({ meanBusy, meanInLines, meanInBacklog }: LoopState): number =>
  meanBusy + meanInLines + meanInBacklog;

/** The same followed event by event (exponential times, mulberry32): mean population. */
function followed({ processes, arrivals, returns, takes, completions }: Loops, events: number): number {
  let seed = 7;
  const random = (): number => {
    seed = (seed + 0x6d2b79f5) >>> 0;
    let t = seed;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const held = new Int32Array(processes);
  let backlog = 0;
  let busy = 0;
  let inSystem = 0;
  let time = 0;
  let sum = 0;
  const nth = (n: number, idle: boolean): number => {
    let left = n;
    return held.findIndex((h) => (h === 0) === idle && left-- === 0);
  };
  for (let n = 0; n < events; n++) {
    const finish = completions(busy);
    const rate = arrivals + returns + finish;
    time += 1 / rate;
    sum += inSystem / rate;
    const at = random() * rate;
    if (at < finish) {
      const i = nth(Math.floor((at / finish) * busy), false);
      held[i]!--;
      inSystem--;
      if (takes === 'every-turn' || (takes === 'when-dry' && held[i] === 0)) {
        held[i]! += backlog;
        backlog = 0;
      } else if (takes === 'one-per-turn' && backlog > 0) {
        held[i]!++;
        backlog--;
      }
      if (held[i] === 0) busy--;
      continue;
    }
    inSystem++;
    if (at - finish < returns) {
      const i = Math.floor(random() * processes);
      if (held[i] === 0) busy++;
      held[i]!++;
    } else if (busy < processes) {
      held[nth(Math.floor(random() * (processes - busy)), true)] = 1;
      busy++;
    } else backlog++;
  }
  return sum / time;
}

test.each(TAKES)('one process is M/M/1, whatever it takes when: %s', (takes) => {
  for (const load of [0.3, 0.8, 0.95])
    expect(population(loopState(loops(1, load, { takes })))).toBeCloseTo(load / (1 - load), 2);
});

test('loops that take one request at a time, and none that come back, are M/M/w', () => {
  for (const processes of [2, 5, 12])
    for (const load of [0.5, 0.9]) {
      const state = loopState(loops(processes, load, { takes: 'one-per-turn' }));
      const exact = mmc({ arrivalRate: load * processes, serviceTime: 1, servers: processes });
      expect(population(state) / (load * processes * exact.sojourn!.mean)).toBeCloseTo(1, 3);
      expect(state.busy[processes]!).toBeCloseTo(exact.waitProbability!, 4);
      expect(state.meanInLines).toBeLessThan(1e-9);
    }
});

test('what arrives is served: the busy processes are the offered load', () => {
  for (const takes of TAKES)
    for (const returns of [0, 1.5]) {
      const state = loopState(loops(4, 0.5, { takes, returns, turns: returns > 0 ? 2 : 1 }));
      expect(state.meanBusy).toBeCloseTo(2 + returns, 3);
    }
});

describe('states that are too improbable to be followed', () => {
  /** The same with every state followed in every round. */
  function withAllStates(given: Loops): LoopState {
    const grid = new LoopGrid(given);
    const solution = new LoopSolution(grid);
    const lines = new LoopLines(grid);
    for (let round = 0; round < 3; round++) {
      grid.setBacklogs();
      solution.solve();
      lines.follow();
    }
    grid.setBacklogs();
    solution.solve();
    return grid.state();
  }

  for (const takes of TAKES)
    test(`would not change what the chain says, with takes ${takes}`, () => {
      for (const processes of [1, 2, 9, 16])
        for (const load of [0.3, 0.75, 0.97])
          for (const share of [0, 0.2, 0.9]) {
            const given = loops(processes, load * (1 - share), {
              takes,
              returns: load * share * processes,
              turns: share > 0 ? 2 : 1,
            });
            const [few, all] = [loopState(given), withAllStates(given)];
            expect(population(few) / population(all)).toBeCloseTo(1, 8);
            expect(few.meanBusy / all.meanBusy).toBeCloseTo(1, 8);
            expect(few.meanLined).toBeCloseTo(all.meanLined, 7);
            expect(few.meanInBacklog).toBeCloseTo(all.meanInBacklog, 7);
          }
    });
});

test('on fewer cores than processes, bursts get through as the cores allow', () => {
  const state = loopState(loops(6, 0.25, { completions: (busy) => Math.min(busy, 2) }));
  const throughput = state.busy.reduce((sum, p, busy) => sum + p * Math.min(busy, 2), 0);
  expect(throughput).toBeCloseTo(1.5, 3);
});

describe('the population is within 7 % of the same chain followed event by event', () => {
  for (const takes of TAKES)
    for (const [processes, load, returns] of [
      [2, 0.8, 0],
      [4, 0.9, 0],
      [8, 0.85, 0],
      [4, 0.4, 1.6],
    ] as const)
      test(`${takes}, ${processes} processes, ${load * processes} new and ${returns} returning`, () => {
        const given = loops(processes, load, { takes, returns });
        expect(Math.abs(population(loopState(given)) / followed(given, 1_500_000) - 1)).toBeLessThan(0.07);
      });
});

test('the more a busy loop takes at once, the more wait in vain', () => {
  const of = (takes: Takes): number => population(loopState(loops(4, 0.9, { takes })));
  expect(of('when-dry')).toBeGreaterThan(of('one-per-turn'));
  expect(of('every-turn')).toBeGreaterThan(of('when-dry'));
});

test('waits of new and of returning bursts make up all that wait (Little)', () => {
  for (const takes of TAKES)
    for (const returns of [0, 1.2]) {
      const given = loops(4, 0.5, { takes, returns, turns: 1 });
      const state = loopState(given);
      const { first, laterMs } = loopWaits(given, state, 2);
      const firstMs = first.reduce(
        (sum, { probability, meanMs, thenMs = 0 }) => sum + probability * (meanMs + thenMs),
        0,
      );
      const waiting = given.arrivals * firstMs + returns * laterMs;
      expect(waiting / 2 / (state.meanInLines + state.meanInBacklog)).toBeCloseTo(1, 6);
    }
});
