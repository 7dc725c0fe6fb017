import type { Reading, Surroundings } from '../files/reading.js';
import type { Values } from '../input/options.js';

/** What `cpu_count()` answers: `--machine-cores`, else the cores that the server may use, rounded up to whole ones. */
export function cpuCountFor(values: Values): (limit: Reading<number> | null) => Surroundings['cpuCount'] {
  const { machineCores, cores } = values;
  return (limit) => {
    if (machineCores !== undefined) return { value: Math.max(1, Math.ceil(machineCores)), assumes: [] };
    const least = cores ?? (limit?.known ? limit.value : undefined);
    if (least === undefined) return null;
    const value = Math.max(1, Math.ceil(least));
    return {
      value,
      assumes: [`cpu_count() is taken as ${value}; give the CPUs of the machine with --machine-cores`],
    };
  };
}
