import { checkedLaw } from '../../laws/check.js';
import type { Law } from '../../laws/law.js';
import { lawCv, lawMean } from '../../laws/moments.js';
import { positive, whole } from '../../numeric/domain.js';
import { overloadedResult, stableResult } from '../assemble.js';
import { nearSaturation } from '../near-saturation.js';
import type { QueueResult } from '../result.js';
import { definiteLaw } from '../two-moment.js';
import { leastIdle } from './heavy-traffic.js';
import { momentBand } from './moment-band.js';
import { poissonTimes } from './poisson-wait.js';

/** Poisson arrivals, equal servers, any law of service, one queue in order of arrival. */
export interface MgcInput {
  readonly arrivalRate: number;
  readonly service: Law;
  readonly servers: number;
}

/**
 * M/G/c. Exact for deterministic and exponential service and one server, and for phase-type service (Erlang,
 * hyperexponential and mixtures) as far as the solution stays within about 100 ms (two phases: about 115 servers;
 * four: 8). Beyond that the mean and the probability of waiting are extrapolated in 1/√servers from exact systems
 * in the same regime, or interpolated in cv² below ½; the wait is then two exponentials with the right mean,
 * probability and rate of decay, and the sojourn its convolution with the real service law. `route` and
 * `errorBand` say which.
 *
 * Where only two moments of the service are known the law that stands in is solved, and the band says what a
 * third moment could change.
 *
 * @throws RangeError where an input is not positive or `servers` not whole.
 */
export function mgc(input: MgcInput): QueueResult {
  const arrivalRate = positive('arrivalRate', input.arrivalRate);
  const serviceMean = positive('mean service time', lawMean(checkedLaw('service', input.service)));
  const servers = whole('servers', input.servers);
  if (arrivalRate * serviceMean >= servers) return overloadedResult(arrivalRate, serviceMean, servers);
  const law = definiteLaw(input.service);
  const utilization = (arrivalRate * serviceMean) / servers;
  const scv = lawCv(law) ** 2;
  const times = nearSaturation({
    idle: 1 - utilization,
    leastIdle: leastIdle(scv, servers),
    limit: ((1 + scv) / 2) * (serviceMean / servers),
    service: law,
    solve: (idle) =>
      poissonTimes(
        idle === 1 - utilization ? arrivalRate : ((1 - idle) * servers) / serviceMean,
        law,
        servers,
      ),
  });
  const guessed = input.service.kind === 'two-moment' && law.kind !== 'deterministic';
  const result = stableResult({ arrivalRate, servers, serviceMean, ...times });
  if (!guessed) return result;
  const band = momentBand(lawCv(law) ** 2, servers);
  return {
    ...result,
    exact: false,
    errorBand: times.errorBand === undefined ? band : `${times.errorBand}; ${band}`,
  };
}
