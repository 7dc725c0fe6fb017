/** The largest configuration, in request slots, that is searched for or predicted as a strategy: no single server is larger. */
export const MOST_SLOTS = 20_000;

/** The most threads per process that are searched. */
export const MOST_THREADS = 1000;

/** The most cores for which a cure is searched. */
export const MOST_CORES = 2000;
