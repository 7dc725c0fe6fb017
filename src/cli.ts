import { run } from './main.js';
import { nodeHost } from './node-host.js';

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

void run(nodeHost()).then((code) => {
  process.exitCode = code;
});
