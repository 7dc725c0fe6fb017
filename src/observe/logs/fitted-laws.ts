import type { LearntLaws } from '../../input/learnt.js';
import type { FitResult } from './fit-result.js';

/** The learnt laws of a request's times: of CPU and waiting where the log told both, else of the whole. */
export function learntLaws({ service, cpu, io }: FitResult): LearntLaws {
  if (cpu && io)
    return {
      ...(cpu.empirical && { cpu: cpu.empirical }),
      ...(io.empirical && { io: io.empirical }),
    };
  return service?.empirical ? { service: service.empirical } : {};
}
