import type { Values } from '../../input/options.js';
import { ASSUMED_BALANCER } from '../../profile/balancer.js';
import type { Assumption } from '../../profile/types.js';

/** What a replica may be where the user names no shape. */
export const USUAL_SHAPES = ['0.5:512MiB', '1:1GiB', '2:2GiB', '2:4GiB', '4:4GiB', '4:8GiB', '8:16GiB'];

const AS_KUBERNETES = 'what a Deployment does unless told otherwise';

/** What is taken for options of `fleet` that are left out, and why. */
const ASSUMED: readonly (Assumption & { readonly input: keyof Values })[] = [
  {
    input: 'shape',
    value: `${USUAL_SHAPES.length} sizes`,
    flag: '--shape',
    why: `${USUAL_SHAPES[0]} to ${USUAL_SHAPES.at(-1)}, which clusters usually have room for; with prices, CORES:MEM:PRICE, the cheapest is chosen`,
  },
  ASSUMED_BALANCER,
  {
    input: 'survive',
    value: 1,
    flag: '--survive',
    why: 'a node is drained or a process dies at any time',
  },
  { input: 'surge', value: '25%', flag: '--surge', why: AS_KUBERNETES },
  { input: 'maxUnavailable', value: '25%', flag: '--max-unavailable', why: AS_KUBERNETES },
  {
    input: 'growth',
    value: 0,
    flag: '--growth',
    why: "a rate that grows no faster than the autoscaler's tolerance allows",
  },
];

/** The options that were left out, with what was taken for them. */
export const assumedOfFleet = (typed: Values): readonly Assumption[] =>
  ASSUMED.filter(({ input }) => typed[input] === undefined);
