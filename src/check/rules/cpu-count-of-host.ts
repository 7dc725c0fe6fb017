import { CONTAINERS } from '../../files/platforms/service.js';
import { plain } from '../../text/sentences.js';
import type { Rule } from '../rule.js';

export const cpuCountOfHost: Rule = {
  severity: 'warning',
  title: 'workers follow the CPU count of the host',
  summary: 'workers are computed from the CPU count of the machine in a container without a CPU limit',
  why: 'os.cpu_count() and nproc see the CPUs of whatever machine the container lands on. The same image then starts 5 workers here and 129 there, in the same memory.',
  fix: 'Write the number, or read it from an environment variable that the deployment sets.',
  source: 'CPython: os.cpu_count(); coreutils: nproc',
  check({ workers, deployment }) {
    const { cpuLimit } = deployment.resources;
    if (!workers.cpuCount || workers.value === null || cpuLimit?.known) return null;
    if (!CONTAINERS.has(deployment.platform)) return null;
    return {
      at: workers.at,
      message: `workers follow the CPU count of the host: ${plain(workers.value)} on this one, other numbers on others`,
      fix: 'write the number, or read it from a variable that is set beside the limits',
      numbers: { workers: workers.value },
    };
  },
};
