import { finiteSource } from '../queueing/finite/finite-source.js';
import { mmck } from '../queueing/finite/mmck.js';
import { lawMean } from '../queueing/law-moments.js';
import { mmc } from '../queueing/mmc/mmc.js';
import type { Model, QueueInputs } from './model.js';

const markov = ({ arrivalRate, service, servers }: QueueInputs) => ({
  arrivalRate,
  serviceTime: lawMean(service),
  servers,
});

/** Every model, by canonical name. */
export const MODELS: readonly Model[] = [
  {
    name: 'M/M/c',
    needs: ['rate', 'serviceTime', 'servers'],
    takes: [],
    evaluate: (inputs) => mmc(markov(inputs)),
  },
  {
    name: 'M/M/c/K',
    needs: ['rate', 'serviceTime', 'servers', 'capacity'],
    takes: [],
    evaluate: (inputs) => mmck({ ...markov(inputs), capacity: inputs.capacity }),
  },
  {
    name: 'M/M/c//N',
    needs: ['serviceTime', 'servers', 'population', 'thinkTime'],
    takes: [],
    evaluate: ({ population, thinkTime, service, servers }) =>
      finiteSource({ population, thinkTime, serviceTime: lawMean(service), servers }),
  },
];
