import { SourceError } from '../errors.js';
import { EXIT, type ExitCode } from '../exit.js';
import type { Host } from '../host.js';
import { detect } from '../observe/detect/detect.js';
import { treeAt } from '../observe/detect/tree.js';
import { observedValues } from '../observe/detect/values.js';
import { watch } from '../observe/detect/watch.js';
import { prepareDelivery } from '../render/deliver.js';
import { DETECT_FORMATS } from '../render/detect/formats.js';
import { printable } from '../render/printable.js';
import { progressBar } from '../render/progress.js';
import type { Invocation } from './command.js';

/** `wcalc detect`. */
export async function run({ values }: Invocation, host: Host): Promise<ExitCode> {
  const delivery = prepareDelivery(DETECT_FORMATS, values, host);
  const root = values.root ?? '/';
  if (!treeAt(host.files, root).exists('/proc'))
    throw new SourceError(`${root}: has no /proc; wcalc detect reads the /proc and /sys of Linux`);
  let detection = await detect(host, root);
  if (values.watch && detection.servers.length > 0) {
    const bar = await progressBar(host, 'watching', values.quiet ?? false);
    detection = await watch(host, root, detection, values.watch, (share) => bar.update(share));
    bar.stop();
  }
  const observed = observedValues(detection, values.pid);
  await delivery.write({ detection, observed });
  if (!values.quiet && delivery.format !== 'json') {
    for (const note of detection.notes) host.stderr.write(`wcalc: note: ${printable(note)}\n`);
  }
  return EXIT.done;
}
