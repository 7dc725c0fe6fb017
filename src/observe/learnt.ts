import { SourceError, UsageError } from '../host/errors.js';
import type { Host } from '../host/host.js';
import { readStdin } from '../host/read-stdin.js';
import type { Invocation } from '../input/command.js';
import { MAX_CONFIG_BYTES } from '../input/config/document.js';
import { readConfig } from '../input/config/read.js';
import type { LearntValues } from '../input/learnt.js';
import type { OptionName, Values } from '../input/options.js';
import { readLaws } from './laws-section.js';
import { detectValues } from './machine/values.js';

/**
 * The invocation with what was learnt rather than typed: the values of `--profile` and, under them, of `--detect`. Typed
 * values win. Learnt laws (of a profile or of the configuration file) go along as `learnt`.
 */
export async function withLearnt(invocation: Invocation, host: Host): Promise<Invocation> {
  const { values, sections, command } = invocation;
  const layers: LearntValues[] = [];
  if (values.detect) layers.push(await detectValues(host));
  if (sections?.laws)
    layers.push({ values: fromFile(invocation), origins: {}, laws: readLaws(sections.laws) });
  if (values.profile !== undefined) layers.push(await readProfile(host, invocation));
  const learnt: LearntValues = {
    values: Object.assign({}, ...layers.map((layer) => layer.values)),
    origins: Object.assign({}, ...layers.map((layer) => layer.origins)),
    laws: Object.assign({}, ...layers.map((layer) => layer.laws)),
  };
  const own = new Set<string>(command.options);
  const ofCommand = (all: object) =>
    Object.fromEntries(Object.entries(all).filter(([name]) => own.has(name)));
  return {
    ...invocation,
    values: { ...ofCommand(learnt.values), ...values },
    origins: { ...ofCommand(learnt.origins), ...invocation.origins },
    learnt,
  };
}

/** The values that the configuration file gave, to which its laws belong. */
const fromFile = ({ values, origins }: Invocation): Values =>
  Object.fromEntries(
    Object.entries(values).filter(([name]) => origins[name as OptionName]?.source === 'file'),
  ) as Values;

/**
 * A profile as `wcalc fit` and `wcalc detect` write it: options by name, or everything that was counted. The file is read
 * once, for it may be a pipe.
 */
async function readProfile(host: Host, invocation: Invocation): Promise<LearntValues> {
  const { profile = '-' } = invocation.values;
  const isPiped = profile === '-';
  if (isPiped) refuseOtherReaders(invocation);
  const file = isPiped ? 'stdin' : profile;
  const text = isPiped ? await readStdin(host, MAX_PIPED_BYTES) : host.files.readText(profile);
  const { isFitProfile, learntFrom } = await import('./logs/profile/learnt-values.js');
  if (isFitProfile(text)) return learntFrom(file, text);
  if (text.length > MAX_CONFIG_BYTES)
    throw new SourceError(`${file}: has ${text.length} bytes; at most ${MAX_CONFIG_BYTES} are read`);
  const { values, origins, sections } = readConfig(
    { files: { ...host.files, readText: () => text } },
    file,
    'profile',
  );
  return { values: values as Values, origins, ...(sections.laws && { laws: readLaws(sections.laws) }) };
}

/** As much as is read of a file. */
const MAX_PIPED_BYTES = 1 << 26;

/** Standard input is read once, so that only one can be asked to read it. */
function refuseOtherReaders({ values: { batch, trace }, positionals }: Invocation): void {
  const other =
    batch === '-'
      ? '--batch -'
      : trace === '-'
        ? '--trace -'
        : positionals.includes('-')
          ? 'the file -'
          : null;
  if (other !== null)
    throw new UsageError(
      `--profile - and ${other} both read standard input; give one of them the name of a file`,
    );
}
