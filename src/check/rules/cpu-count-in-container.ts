import { VIRTUAL_MACHINES } from '../../files/platforms/service.js';
import { counted, plain } from '../../text/sentences.js';
import type { Rule } from '../rule.js';

export const cpuCountInContainer: Rule = {
  severity: 'error',
  title: 'cpu_count() under a CPU limit',
  summary:
    'workers or threads are computed from the CPU count of the machine, while a limit allows fewer cores',
  why: "os.cpu_count() and nproc see the CPUs of the machine, not the quota of the container. On a node of 64 CPUs, (2 × cpu_count()) + 1 starts 129 workers in a container that may use one core: they do not fit its memory, and the quota's time is spent after a fraction of each 100 ms period.",
  fix: 'Write the number, or read it from an environment variable that the deployment sets beside the limit.',
  source: 'CPython: os.cpu_count() ignores cgroup quotas; cgroup v2 cpu.max',
  check({ workers, threads, deployment }) {
    const { cpuLimit } = deployment.resources;
    if (!cpuLimit?.known || VIRTUAL_MACHINES.has(deployment.platform)) return [];
    const named = [
      { name: 'workers', ...workers },
      { name: 'threads', ...threads },
    ];
    return named
      .filter(({ cpuCount }) => cpuCount)
      .map(({ name, at, value }) => ({
        at,
        message: `${name} follow the CPU count of the machine, while the limit is ${counted(cpuLimit.value, 'core')} (${cpuLimit.at.file}:${cpuLimit.at.line}); on the smallest machine that has them it is ${plain(value ?? 0)}, and it grows with the machine`,
        fix: `write the number that suits ${counted(cpuLimit.value, 'core')}, or read it from a variable that is set beside the limit`,
        numbers: { cpuLimitCores: cpuLimit.value, [name]: value },
      }));
  },
};
