import type { Predict, Prediction } from '../model/types.js';

/** The same answers, each found once; for questions about one workload. */
export function remember(predict: Predict): Predict {
  const known = new Map<string, Prediction>();
  return (system, workload) => {
    const key = `${system.workerClass} ${system.workers} ${system.threads} ${system.workerConnections} ${system.cores}`;
    const before = known.get(key);
    if (before) return before;
    const prediction = predict(system, workload);
    known.set(key, prediction);
    return prediction;
  };
}
