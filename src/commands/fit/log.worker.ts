import { parentPort, workerData } from 'node:worker_threads';
import { SourceError } from '../../host/errors.js';
import type { BytesOfFile } from '../../host/host.js';
import { nodeFiles } from '../../host/node-host.js';
import { partCounter } from '../../observe/logs/reading/count-parts.js';
import type { PartAnswer, PartSetup } from './log-threads.js';

const { cwd, log } = workerData as PartSetup;
const count = partCounter(nodeFiles(cwd), log);

async function answer(part: BytesOfFile): Promise<PartAnswer> {
  try {
    return { part: await count(part) };
  } catch (error) {
    if (error instanceof SourceError) return { unreadable: error.message };
    throw error;
  }
}

parentPort!.on('message', async (part: BytesOfFile) => parentPort!.postMessage(await answer(part)));
