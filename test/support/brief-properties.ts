import fc from 'fast-check';

/**
 * For mutation testing, which runs each property hundreds of times: that it fails is enough to know, without the smallest
 * counterexample; and what it has not found within this time it is not given more for.
 */
fc.configureGlobal({ endOnFailure: true, interruptAfterTimeLimit: 150 });
