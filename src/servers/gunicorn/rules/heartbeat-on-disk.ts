import { CONTAINERS } from '../../../files/platforms/service.js';
import type { ServerRule } from '../../rule.js';
import { textValue } from '../../settings/setting-value.js';

export const heartbeatOnDisk: ServerRule = {
  severity: 'warning',
  title: 'heartbeat on disk in a container',
  summary: "the workers' heartbeat files are on the container's disk",
  why: 'A worker tells that it is alive by touching a file. In a container /tmp is usually on an overlay file system, where this can block for seconds while the disk is busy; the arbiter then kills workers that are well.',
  fix: 'Set worker_tmp_dir = "/dev/shm", or mount /tmp in memory.',
  source: 'gunicorn FAQ: How do I avoid Gunicorn excessively blocking in os.fchmod?',
  check({ deployment }) {
    const workerTmpDir = textValue(deployment, 'worker_tmp_dir', '');
    if (!CONTAINERS.has(deployment.platform) || workerTmpDir.value === null) return null;
    const directory = workerTmpDir.value || '/tmp';
    const isInMemory = ['/dev/shm', ...deployment.memoryDirectories].some(
      (memory) => directory === memory || directory.startsWith(`${memory.replace(/\/$/, '')}/`),
    );
    if (isInMemory) return null;
    return {
      at: workerTmpDir.layer === null ? deployment.at : workerTmpDir.at,
      message: `the heartbeat files are in ${directory}, which is on the container's disk`,
      fix: 'set worker_tmp_dir = "/dev/shm"',
      numbers: { workerTmpDir: workerTmpDir.value || null },
    };
  },
};
