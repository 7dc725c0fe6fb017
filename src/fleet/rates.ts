/** The rate of the whole fleet at a time; times in hours from the first. */
export interface RatePoint {
  readonly atHours: number;
  readonly ratePerSecond: number;
}
