import { parentPort, workerData } from 'node:worker_threads';
import { predict } from '../../model/predict.js';
import { type Followed, measurer } from './evaluate.js';
import { measurePoints, type PointsOrder } from './points.js';

const measure = measurer(workerData as Followed, predict);

parentPort!.on('message', (order: PointsOrder) => parentPort!.postMessage(measurePoints(measure, order)));
