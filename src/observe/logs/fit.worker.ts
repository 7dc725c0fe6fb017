import { parentPort } from 'node:worker_threads';
import { countMessages } from './counter.js';

/** A counting thread of `wcalc fit`. */
const port = parentPort!;
const handle = countMessages((message) => port.postMessage(message));
port.on('message', handle);
