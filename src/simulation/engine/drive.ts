import type { Ran, Round, SimulationResult } from '../run/experiment.js';
import { replicate } from '../run/replicate.js';
import type { Tally } from '../run/run-totals.js';

/** Runs replications, wherever that is. */
export interface Runner {
  /** Tells of each replication as it ends; ends early when asked to stop. */
  run(round: Round, ended: (tally: Tally) => void): Promise<Ran>;
  /** What runs ends as soon as it can. */
  stop(): void;
  close(): Promise<void>;
}

/** Drives a course of rounds; `progress` hears the share of the work that is done. */
export async function drive(
  course: Generator<Round, SimulationResult, Ran>,
  runner: Runner,
  progress: (share: number) => void,
): Promise<SimulationResult> {
  let step = course.next();
  while (!step.done) {
    const round = step.value;
    let ended = 0;
    const ran = await runner.run(round, () => {
      ended++;
      progress(round.from + ((round.to - round.from) * ended) / round.numbers.length);
    });
    step = course.next(ran);
  }
  return step.value;
}

/** Runs in this thread, which it leaves after every replication so that others have their turn. */
export function localRunner(pause: () => Promise<void>): Runner {
  let stopped = false;
  return {
    async run({ experiment, numbers, length, keepResponses }, ended) {
      const tallies: Tally[] = [];
      for (const number of numbers) {
        const tally = replicate(experiment, number, length, keepResponses);
        tallies.push(tally);
        ended(tally);
        await pause();
        if (stopped) break;
      }
      return { tallies, interrupted: stopped };
    },
    stop: () => {
      stopped = true;
    },
    close: async () => {},
  };
}
