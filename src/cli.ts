import { run } from './main.js';
import { nodeHost } from './node-host.js';

void run(nodeHost()).then((code) => {
  process.exitCode = code;
});
