import type { Values } from '../parse/options.js';
import type { Reading, Surroundings } from '../read/reading.js';

/** What `cpu_count()` answers: `--host-cores`, else the cores that the server may use, rounded up to whole ones. */
export function cpuCountFor(values: Values): (limit: Reading<number> | null) => Surroundings['cpuCount'] {
  const { hostCores, cores } = values;
  return (limit) => {
    if (hostCores !== undefined) return { value: hostCores, assumes: [] };
    const least = cores ?? (limit?.known ? limit.value : undefined);
    if (least === undefined) return null;
    const value = Math.max(1, Math.ceil(least));
    return {
      value,
      assumes: [`cpu_count() is taken as ${value}; give the CPUs of the machine with --host-cores`],
    };
  };
}
