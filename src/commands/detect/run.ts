import { SourceError } from '../../host/errors.js';
import { EXIT, type ExitCode } from '../../host/exit.js';
import type { Host } from '../../host/host.js';
import type { Invocation } from '../../input/command.js';
import { detect } from '../../observe/machine/detect.js';
import { treeAt } from '../../observe/machine/tree.js';
import { observedValues } from '../../observe/machine/values.js';
import { watch } from '../../observe/machine/watch.js';
import { prepareDelivery } from '../../output/deliver.js';
import { progressBar } from '../../output/progress.js';
import { notice } from '../../text/notice.js';
import { DETECT_FORMATS } from './formats/formats.js';

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
    for (const note of detection.notes) host.stderr.write(notice(`note: ${note}`));
  }
  return EXIT.done;
}
