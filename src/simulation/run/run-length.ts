export interface RunLength {
  /** Requests ignored first. */
  readonly warmup: number;
  /** Requests counted after them. */
  readonly requests: number;
}

/** Of a run that nobody interrupts: one function, so that the compiler need not look at each anew. */
export const goOn = (): boolean => false;
