import { UsageError } from '../../host/errors.js';
import { EXIT, type ExitCode } from '../../host/exit.js';
import type { Host } from '../../host/host.js';
import { runBatch } from '../../input/batch/batch.js';
import type { Invocation } from '../../input/command.js';
import { prepareDelivery } from '../../output/deliver.js';
import { notice } from '../../text/notice.js';
import { answer } from './answer.js';
import { answerClosed } from './closed.js';
import { type Answered, QUEUE_FORMATS } from './formats/formats.js';
import { CLOSED, modelNamed } from './model-name.js';
import { questionOf } from './question.js';

/** `wcalc queue`. */
export async function run(invocation: Invocation, host: Host): Promise<ExitCode> {
  if (invocation.values.batch !== undefined) return runBatch(invocation, host, ask);
  const delivery = prepareDelivery(QUEUE_FORMATS, invocation.values, host);
  const result = ask(invocation);
  await delivery.write(result);
  if (delivery.format === 'table' && !invocation.values.quiet)
    for (const note of ('notes' in result && result.notes) || []) host.stderr.write(notice(`note: ${note}`));
  return EXIT.done;
}

function ask({ positionals, values, origins }: Invocation): Answered {
  const [name, extra] = positionals;
  if (name === undefined)
    throw new UsageError('queue needs the name of a model, such as M/M/c; see wcalc queue --help');
  if (extra !== undefined) throw new UsageError(`queue takes one model, but got "${extra}" as well`);
  const named = modelNamed(name);
  const { model } = named;
  if (model === CLOSED) return answerClosed(values, origins);
  return answer(questionOf({ ...named, model }, values, origins));
}
