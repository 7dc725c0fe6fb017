import { lawMean } from '../../math/laws/moments.js';
import { mdc } from '../../math/queues/deterministic/mdc.js';
import { finiteSource } from '../../math/queues/finite/finite-source.js';
import { mmck } from '../../math/queues/finite/mmck.js';
import { mmc } from '../../math/queues/mmc/mmc.js';
import { ggc } from '../../math/queues/multi-server/ggc.js';
import { gimc } from '../../math/queues/multi-server/gimc.js';
import { mgc } from '../../math/queues/multi-server/mgc.js';
import { mg1ps } from '../../math/queues/processor-sharing/mg1ps.js';
import { mg1 } from '../../math/queues/single-server/mg1.js';
import type { Model, QueueInputs } from './model.js';

const timed = ({ arrivalRate, service, servers }: QueueInputs) => ({
  arrivalRate,
  serviceTime: lawMean(service),
  servers,
});

/** For models whose cost does not depend on the servers: the most that an option takes. */
const CONSTANT_TIME = 1e9;

/** Every open and finite-source model, by canonical name, in the order of the help. */
export const MODELS: readonly Model[] = [
  {
    name: 'M/M/c',
    needs: ['rate', 'serviceTime', 'servers'],
    takes: [],
    mostServers: CONSTANT_TIME,
    evaluate: (inputs) => mmc(timed(inputs)),
  },
  {
    name: 'M/M/c/K',
    needs: ['rate', 'serviceTime', 'servers', 'capacity'],
    takes: [],
    mostServers: CONSTANT_TIME,
    evaluate: (inputs) => mmck({ ...timed(inputs), capacity: inputs.capacity }),
  },
  {
    name: 'M/D/c',
    needs: ['rate', 'serviceTime', 'servers'],
    takes: [],
    mostServers: 1e7,
    evaluate: (inputs) => mdc(timed(inputs)),
  },
  {
    name: 'M/G/1',
    needs: ['rate', 'serviceTime'],
    takes: ['cv', 'serviceDistribution'],
    servers: 1,
    mostServers: 1,
    evaluate: (inputs) => mg1(inputs),
  },
  {
    name: 'M/G/c',
    needs: ['rate', 'serviceTime', 'servers'],
    takes: ['cv', 'serviceDistribution'],
    mostServers: 1e7,
    evaluate: (inputs) => mgc(inputs),
  },
  {
    name: 'GI/M/c',
    needs: ['rate', 'serviceTime', 'servers'],
    takes: ['arrivalCv', 'arrivalDistribution'],
    mostServers: 1e6,
    evaluate: (inputs) => gimc({ ...timed(inputs), arrival: inputs.arrival }),
  },
  {
    name: 'G/G/c',
    needs: ['rate', 'serviceTime', 'servers'],
    takes: ['cv', 'serviceDistribution', 'arrivalCv', 'arrivalDistribution'],
    mostServers: 1e6,
    evaluate: (inputs) => ggc(inputs),
  },
  {
    name: 'M/G/1-PS',
    needs: ['rate', 'serviceTime'],
    takes: ['cv', 'serviceDistribution'],
    servers: 1,
    mostServers: 1,
    // A transform is inverted, which carries the last digit of a sine to the tenth or so of the answer.
    percentileDigits: 7,
    evaluate: (inputs) => mg1ps(inputs),
  },
  {
    name: 'M/M/c//N',
    needs: ['serviceTime', 'servers', 'population', 'thinkTime'],
    takes: [],
    mostServers: CONSTANT_TIME,
    evaluate: ({ population, thinkTime, service, servers }) =>
      finiteSource({ population, thinkTime, serviceTime: lawMean(service), servers }),
  },
];
