import { UsageError } from '../errors.js';
import { EXIT, type ExitCode } from '../exit.js';
import type { Host } from '../host.js';
import { runBatch } from '../parse/batch.js';
import { answer } from '../queueing-command/answer.js';
import { answerClosed } from '../queueing-command/closed.js';
import { CLOSED, modelNamed } from '../queueing-command/model-name.js';
import { questionOf } from '../queueing-command/question.js';
import { prepareDelivery } from '../render/deliver.js';
import { type Answered, QUEUE_FORMATS } from '../render/queue/formats.js';
import type { Invocation } from './command.js';

/** `wcalc queue`. */
export async function run(invocation: Invocation, host: Host): Promise<ExitCode> {
  if (invocation.values.batch !== undefined) return runBatch(invocation, host, ask);
  const delivery = prepareDelivery(QUEUE_FORMATS, invocation.values, host);
  const result = ask(invocation);
  await delivery.write(result);
  if (delivery.format === 'table' && !invocation.values.quiet)
    for (const note of ('notes' in result && result.notes) || []) host.stderr.write(`wcalc: note: ${note}\n`);
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
