import type { LearntLaws } from '../input/learnt.js';
import type { LoadTestResult } from './load-tests/result.js';
import type { FitResult } from './logs/fit-result.js';
import type { FitProfile } from './logs/profile/fit-profile.js';
import type { PrometheusResult } from './prometheus/result.js';
import type { ObservedValue } from './values.js';

/** What every source of `wcalc fit` gives, whatever it is: values of options, laws of times, and where they are from. */
interface Learnt {
  /** What was read, for the head of a profile: `access.log, access.log.1`. */
  readonly source: string;
  readonly observed: readonly ObservedValue[];
  readonly laws: LearntLaws;
  readonly notes: readonly string[];
}

/** What `wcalc fit` learnt from access logs, or from profiles of them. */
export interface LogReport extends Learnt {
  readonly kind: 'logs';
  readonly result: FitResult;
  /** What was counted, to be merged with other profiles. */
  profile(): FitProfile;
}

/** What `wcalc fit` learnt from load tests. */
export interface LoadTestReport extends Learnt {
  readonly kind: 'load-tests';
  readonly result: LoadTestResult;
}

/** What `wcalc fit` learnt from a Prometheus, or from files of one. */
export interface PrometheusReport extends Learnt {
  readonly kind: 'prometheus';
  readonly result: PrometheusResult;
}

/** What `wcalc fit` learnt; one kind for each kind of source. */
export type FitReport = LogReport | LoadTestReport | PrometheusReport;
