import type { Facility } from '../../model/discipline.js';
import type { Predict, Prediction } from '../../model/types.js';

/** Keeps each prediction, so that it is made once; for questions that differ in nothing of the workload but its rate and connections. */
export function memoize(predict: Predict): Predict {
  const known = new Map<string, Prediction>();
  return (facility, workload) => {
    const key = `${keyOf(facility)} ${workload.ratePerSecond} ${workload.database?.connections}`;
    const before = known.get(key);
    if (before) return before;
    const prediction = finite(predict(facility, workload));
    known.set(key, prediction);
    return prediction;
  };
}

/** Loops without a limit on connections may differ in their backlogs; their predictions do not, since those stay empty. */
const keyOf = ({ backlog, ...others }: Facility): string =>
  JSON.stringify(Number.isFinite(others.connections) ? [others, backlog] : [others]);

/** Requests per second that stand for "without limit": requests that compute nothing, in a class that holds any number. */
const WITHOUT_LIMIT = 1e9;

const finite = (prediction: Prediction): Prediction =>
  prediction.capacityPerSecond <= WITHOUT_LIMIT
    ? prediction
    : { ...prediction, capacityPerSecond: WITHOUT_LIMIT };
