import type { Host } from '../../host/host.js';
import { askThread, threadsOf } from '../../host/threads.js';
import { predict } from '../../model/predict.js';
import { type Followed, measurer } from './evaluate.js';
import { gridSize, measurePoints, type PointsOrder } from './points.js';
import type { SweepPoint } from './types.js';

/** Starting a thread costs as much time as so many points. */
const WORTH_THREADS = 600;
const PART = 100;

/** Measures a grid, in worker threads where it is large and the program is built. `onDone` is told how many points are ready. */
export async function measureGrid(
  followed: Followed,
  grid: Pick<PointsOrder, 'axes' | 'results'>,
  host: Host,
  onDone: (points: number) => void,
): Promise<readonly SweepPoint[]> {
  const total = gridSize(grid.axes);
  const parts = Array.from({ length: Math.ceil(total / PART) }, (_, n) => ({
    ...grid,
    from: n * PART,
    to: Math.min(total, (n + 1) * PART),
  }));
  const start = total < WORTH_THREADS || host.hardwareThreads < 2 ? null : threadsOf('sweep-worker.cjs');
  const answers: (readonly SweepPoint[])[] = [];
  let next = 0;
  let done = 0;
  const take = async (measure: (order: PointsOrder) => Promise<readonly SweepPoint[]>): Promise<void> => {
    while (next < parts.length) {
      const index = next++;
      answers[index] = await measure(parts[index]!);
      done += answers[index].length;
      onDone(done);
    }
  };
  if (!start) {
    const measure = measurer(followed, predict);
    await take(async (order) => measurePoints(measure, order));
    return answers.flat();
  }
  const workers = Array.from({ length: host.hardwareThreads }, () => start(followed));
  try {
    await Promise.all(workers.map((worker) => take((order) => askThread(worker, order))));
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
  return answers.flat();
}
