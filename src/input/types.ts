/** The types of values, by the names that the option tables use. */

export { handlers } from './handlers/handlers.js';

export { cpu } from './quantity/cpu.js';
export { duration, positiveDuration, timespan, wholeSeconds } from './quantity/duration.js';
export { growth, memoryGrowth } from './quantity/growth.js';
export { ioRatio } from './quantity/io-ratio.js';
export { machineShape } from './quantity/machine-shape.js';
export { memory, memoryOrShare, memoryOrZero } from './quantity/memory.js';
export { count, number } from './quantity/number.js';
export { type Objective, objective } from './quantity/objective.js';
export { partOfFleet, survive } from './quantity/part-of-fleet.js';
export { price } from './quantity/price.js';
export { range } from './quantity/range.js';
export { rate } from './quantity/rate.js';
export { serverName } from './quantity/server-name.js';
export { positiveShare, share } from './quantity/share.js';
export { timeOrShare } from './quantity/time-or-share.js';
export { choice, flag, path, text } from './quantity/word.js';
