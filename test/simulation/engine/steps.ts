import type { CpuOrder } from '../../../src/model/types.js';
import type { System } from '../../../src/servers/gunicorn/discipline.js';
import type { Physics } from '../../../src/simulation/engine/policy.js';
import { Replay, type TracedRequest } from '../../../src/simulation/engine/replay.js';
import { system } from '../systems.js';

export const EXACT: Physics = { holdMs: 0, sliceMs: 3, switchIntervalMs: 5 };

/** Mean response time of a few requests whose course can be followed by hand. */
export function meanOf(
  given: Partial<System> & Pick<System, 'workerClass'>,
  requests: readonly (readonly [atMs: number, cpuMs: number, ioMs: number])[],
  options: {
    ioCalls?: number;
    overheadMs?: number;
    cpuOrder?: CpuOrder;
    physics?: Physics;
    seed?: number;
  } = {},
): number {
  const { ioCalls = 1, overheadMs = 0, cpuOrder = 'even', physics = {}, seed = 1 } = options;
  const replay = new Replay(system(given), {
    ioCalls,
    overheadMs,
    cpuOrder,
    seed,
    physics: { ...EXACT, ...physics },
  });
  replay.add(requests.map(([atMs, cpuMs, ioMs]): TracedRequest => ({ atMs, cpuMs, ioMs })));
  replay.work();
  replay.end();
  replay.work();
  return replay.prediction(null, 1).meanMs!;
}
