import type { Predict, Prediction } from '../../model/types.js';
import { factsOf } from '../../servers/gunicorn/classes.js';
import type { WorkerClass } from '../../servers/gunicorn/worker-class.js';

/** Loops that hold any number of requests are one model: how they differ is how long a backlog may grow that never does. */
const modelOf = (workerClass: WorkerClass): string =>
  factsOf(workerClass).concurrency === 'unlimited' ? 'unlimited' : workerClass;

/** The same answers, each found once; for questions about one workload, but for its rate. */
export function remember(predict: Predict): Predict {
  const known = new Map<string, Prediction>();
  return (system, workload) => {
    const key = `${modelOf(system.workerClass)} ${system.workers} ${system.threads} ${system.workerConnections} ${system.cores} ${workload.ratePerSecond}`;
    const before = known.get(key);
    if (before) return before;
    const prediction = finite(predict(system, workload));
    known.set(key, prediction);
    return prediction;
  };
}

/** Requests per second that stand for "without limit": requests that compute nothing, in a class that holds any number. */
const WITHOUT_LIMIT = 1e9;

const finite = (prediction: Prediction): Prediction =>
  prediction.capacityPerSecond <= WITHOUT_LIMIT
    ? prediction
    : { ...prediction, capacityPerSecond: WITHOUT_LIMIT };
