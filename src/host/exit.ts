/** The exit codes of the contract. */
export const EXIT = {
  /** Done; for `check`, everything passes. */
  done: 0,
  /** `check` found a violation, or `plan` found no configuration that meets the objective. */
  violation: 1,
  /** Usage or bad input. */
  usage: 2,
  /** A file or other source could not be read or parsed. */
  source: 3,
  /** A defect in wcalc. */
  defect: 70,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
