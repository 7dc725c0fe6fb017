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
];
