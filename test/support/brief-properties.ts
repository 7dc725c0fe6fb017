import fc from 'fast-check';

/** For mutation testing: that a property fails is enough to know; the smallest counterexample is not looked for. */
fc.configureGlobal({ endOnFailure: true });
