// CPU time of a whole Node process, which other programs do not stretch as they do the time on the clock.
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const BIN = fileURLToPath(new URL('../../bin/wcalc.cjs', import.meta.url));

/** NODE_EXTRA_CA_CERTS makes Node 20 parse every certificate at start, which would flatter the ratios. */
const { NODE_EXTRA_CA_CERTS: _, ...env } = process.env;

/** @returns args ↦ ms of CPU of `node ...args`, all its threads together; throws where that ends with another code than 0 or 1 */
export function cpuMeter(folder, node = process.execPath) {
  const meter = join(folder, 'meter.cjs');
  writeFileSync(
    meter,
    "process.on('exit', () => { const { user, system } = process.cpuUsage(); require('node:fs').writeSync(3, String(user + system)); });",
  );
  return (args, cwd = folder) => {
    const { status, output, stderr } = spawnSync(node, ['--require', meter, ...args], {
      cwd,
      env,
      stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
      encoding: 'utf8',
    });
    if (status !== 0 && status !== 1)
      throw new Error(`node ${args.join(' ')} ended with ${status}: ${stderr}`);
    return Number(output[3]) / 1000;
  };
}

export const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
