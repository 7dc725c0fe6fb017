import { nodeHost } from './host/node-host.js';
import { run } from './main.js';

void run(nodeHost()).then((code) => {
  process.exitCode = code;
});
