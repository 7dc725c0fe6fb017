import { questionOf } from '../../check/ask.js';
import { readNamed } from '../../check/inspect.js';
import { type MoveResult, moveTo } from '../../check/move.js';
import { SourceError, UsageError } from '../../host/errors.js';
import { EXIT, type ExitCode } from '../../host/exit.js';
import type { Host } from '../../host/host.js';
import { VERSION } from '../../host/version.js';
import type { Invocation } from '../../input/command.js';
import { type Formats, prepareDelivery } from '../../output/deliver.js';
import { serverNamed } from '../../servers/index.js';
import { notice } from '../../text/notice.js';

const text = async () => (await import('./formats/to-text.js')).toText;

const TO_FORMATS: Formats<MoveResult> = {
  text,
  table: text,
  json: async () => (await import('../../text/json.js')).json,
  yaml: async () => (await import('../../output/yaml.js')).yaml,
};

/** `wcalc check FILE… --to SERVER`. */
export async function runTo(
  { values, origins, learnt, positionals }: Invocation,
  host: Host,
): Promise<ExitCode> {
  const { to } = values;
  if (to === undefined || to === 'any')
    throw new UsageError(
      '--to: any is no server to move to; accepted: one of them by its name, such as granian',
    );
  const delivery = prepareDelivery(TO_FORMATS, values, host, 'text');
  const server = serverNamed(to.name);
  const asked = questionOf(values, origins, learnt);
  const question = {
    ...asked,
    versionOf: (name: string) =>
      name === to.name && to.version !== null ? to.version : asked.versionOf(name),
  };
  const { project, failures } = await readNamed(positionals, values, host);
  for (const failure of failures) host.stderr.write(notice(failure));
  const moved = project.deployments.filter((deployment) => deployment.server !== server);
  if (moved.length === 0 && failures.length === 0) {
    const [unread] = project.unjudged;
    throw new SourceError(
      project.deployments.length > 0
        ? `--to ${server.name}: ${positionals.join(', ') || 'this directory'} runs on ${server.title} already`
        : `--to ${server.name}: no server was found to move${unread ? `: ${unread.why}` : ''}`,
    );
  }
  const result: MoveResult = {
    schemaVersion: 1,
    tool: { name: 'wcalc', version: VERSION },
    to: server.name,
    servers: moved.map((deployment) => moveTo(deployment, server, question)),
    assumptions: asked.assumptions,
    failures,
  };
  await delivery.write(result);
  return failures.length > 0 ? EXIT.source : EXIT.done;
}
