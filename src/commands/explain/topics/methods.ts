import { methodOf } from '../../../model/method-of.js';
import { METHODS, type Method, type MethodId } from '../../../model/methods.js';
import { SIMULATED_ERRORS } from '../../../model/simulated-errors.js';
import { DEFAULT_SERVER } from '../../../servers/index.js';
import { listed } from '../../../text/sentences.js';
import { sentence, type Topic } from '../../../text/topic.js';

const percent = (share: number): string => `${Number((100 * share).toFixed(1))} %`;

const SIZES = [1, 2].flatMap((workers) =>
  [1, 2].flatMap((threads) =>
    [threads, 1000].flatMap((workerConnections) =>
      [1, 2].map((cores) => ({ workers, threads, workerConnections, cores })),
    ),
  ),
);

const { kinds, versions, discipline } = DEFAULT_SERVER;
const USUAL = { version: versions.newest, gil: true, timeoutMs: 0, backlog: 1, loop: null };

/** The worker classes that a model predicts with some numbers of workers, threads, connections and cores. */
const classesPredictedBy = (id: MethodId): readonly string[] =>
  kinds
    .filter((kind) =>
      SIZES.some(({ cores, ...size }) => methodOf({ ...discipline({ kind, ...size }, USUAL), cores }) === id),
    )
    .map(({ name }) => name);

/** The models behind predictions, one topic each: assumptions and measured error are data of the models. */
export const METHOD_TOPICS: readonly Topic[] = Object.entries(METHODS).map(([id, method]) =>
  topicOfMethod(id as MethodId, method),
);

function topicOfMethod(id: MethodId, method: Method): Topic {
  const workerClasses = classesPredictedBy(id);
  const { label, assumptions, validity, sources } = method;
  const predicted =
    workerClasses.length > 0 ? listed(workerClasses) : 'mixed handlers (--handlers async=70%,threads:40=30%)';
  const error = SIMULATED_ERRORS[id];
  return {
    id: `model-${id}`,
    also: [label.toLowerCase()],
    kind: 'model',
    title: `The model “${label}”`,
    what: `What predictions of ${predicted} come from. ${assumptions.join(' ')}`,
    holds: `${sentence(validity)} Against simulated systems the mean was off by ${percent(error.meanMedian)} (median) and ${percent(error.mean95)} (95 % of them), the 95th percentile by ${percent(error.p95Median)} and ${percent(error.p9595)}.`,
    fails:
      'Where arrivals come in bursts or the demands drift, and where the server waits for something not described.',
    source: sources.join('; '),
    seeAlso: workerClasses,
  };
}
