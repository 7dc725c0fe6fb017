import type { Law } from '../../math/laws/law.js';
import type { QueueResult } from '../../math/queues/result.js';

/** Inputs of an open or finite-source model, checked; seconds and 1/s. What a model does not ask for is absent. */
export interface QueueInputs {
  readonly servers: number;
  readonly arrivalRate: number;
  readonly service: Law;
  /** Law of the intervals between arrivals, of mean 1/`arrivalRate`. */
  readonly arrival: Law;
  readonly capacity: number;
  readonly population: number;
  readonly thinkTime: number;
}

/** Inputs that a model may need, by option name. */
export type InputName = 'rate' | 'serviceTime' | 'servers' | 'capacity' | 'population' | 'thinkTime';
/** How service and arrivals vary, by option name. */
export type VariabilityName = 'cv' | 'serviceDistribution' | 'arrivalCv' | 'arrivalDistribution';

/** One model that `wcalc queue` answers by its Kendall name. */
export interface Model {
  readonly name: string;
  /** Options it cannot do without; `servers` may be left out where an objective is given. */
  readonly needs: readonly InputName[];
  readonly takes: readonly VariabilityName[];
  /** Servers that the name itself fixes. */
  readonly servers?: number;
  /** Most servers that are answered in a few seconds. */
  readonly mostServers: number;
  /** Significant digits of its percentiles that are the same on every version of Node; all where it is not given. */
  readonly percentileDigits?: number;
  readonly evaluate: (inputs: QueueInputs) => QueueResult;
}
