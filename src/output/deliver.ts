import { UsageError } from '../host/errors.js';
import type { Host } from '../host/host.js';
import { NARROWEST } from '../input/options/output.js';
import type { Values } from '../input/options.js';
import { colorLevel } from '../text/color.js';
import { lookUp } from '../text/lookup.js';
import { printableOutput } from '../text/printable.js';
import { PLAIN, type Style, styleFor } from '../text/style.js';
import { didYouMean } from '../text/suggest.js';
import { printableResult } from './printable-result.js';

/** What a renderer may know of the place where its text goes. */
export interface RenderContext {
  readonly style: Style;
  readonly width: number;
  /** False where only ASCII is safe. */
  readonly unicode: boolean;
  readonly quiet: boolean;
  /** `--explain`: show formulas, sources and origins. */
  readonly explain: boolean;
  /** `--chart`: add charts. */
  readonly chart: boolean;
  /** Text of a file that is shipped with the program, such as the script of a page. */
  readonly asset: (name: string) => string;
}

/** Result to text; an empty text is not written at all. */
export type Renderer<R> = (result: R, context: RenderContext) => string;

/** Renderers by format name, each loaded only when asked for. */
export type Formats<R> = Readonly<Record<string, () => Promise<Renderer<R>>>>;

export interface Delivery<R> {
  /** The format of stdout. */
  readonly format: string;
  /** Renders and writes the result: to stdout, and to the files of `--output`. */
  write(result: R, aside?: Aside<R>): Promise<void>;
}

/** What goes to stderr with a result: before the section that stands last in the format for people, else at the end. */
interface Aside<R> {
  readonly notices: readonly string[];
  readonly lastSection: () => Promise<Renderer<R>>;
}

/** A result as it is, and as people may see it, which is made once and only where it is asked for. */
interface Shown<R> {
  readonly asIs: R;
  readonly printable: R;
}

function shownResult<R>(asIs: R): Shown<R> {
  let printable: R | undefined;
  return {
    asIs,
    get printable() {
      printable ??= printableResult(asIs);
      return printable;
    },
  };
}

type OutputValues = Pick<
  Values,
  'json' | 'format' | 'output' | 'explain' | 'chart' | 'quiet' | 'color' | 'width'
>;

const DEFAULT_WIDTH = 80;

/** Formats that carry every text as it is, with escapes of their own. */
const ESCAPED_BY_THEMSELVES: ReadonlySet<string> = new Set(['json', 'yaml']);

/** Checks the formats asked for before any work is done, so that a wrong name fails at once. */
export function prepareDelivery<R>(
  formats: Formats<R>,
  values: OutputValues,
  host: Host,
  fallback = 'table',
): Delivery<R> {
  if (values.json && values.format !== undefined && values.format !== 'json') {
    throw new UsageError(`--json and --format ${values.format} contradict each other; give one of them`);
  }
  const format = values.json ? 'json' : (values.format ?? fallback);
  rendererOf(formats, format, '--format');
  const files = (values.output ?? []).map((text) => fileOutput(formats, text));
  /** The one place where a result becomes text: nothing that a file, a log or an argument held leaves it raw. */
  const textOf = async (
    name: string,
    flag: string,
    result: Shown<R>,
    context: RenderContext,
  ): Promise<string> => {
    const render = await rendererOf(formats, name, flag)();
    const shown = ESCAPED_BY_THEMSELVES.has(name) ? result.asIs : result.printable;
    return ended(printableOutput(render(shown, context), context.style !== PLAIN));
  };
  return {
    format,
    async write(result, aside) {
      // Only the format for people has colour and a width; to ask for them opens the terminal.
      const isForPeople = formats[format] === formats[fallback];
      const context: RenderContext = {
        style: isForPeople ? await styleOf(values, host) : PLAIN,
        width: isForPeople ? widthOf(values, host) : DEFAULT_WIDTH,
        unicode: canShowUnicode(host.env),
        quiet: values.quiet ?? false,
        explain: values.explain ?? false,
        chart: values.chart ?? false,
        asset: host.asset,
      };
      const plain = { ...context, style: PLAIN, width: DEFAULT_WIDTH };
      const both = shownResult(result);
      // Nothing is written before all is rendered.
      const written: (readonly [string, string])[] = [];
      for (const file of files) written.push([file.path, await textOf(file.format, '--output', both, plain)]);
      const shown = await textOf(format, '--format', both, context);
      for (const [path, text] of written) host.files.writeText(path, text);
      const last = aside && isForPeople ? (await aside.lastSection())(both.printable, context) : '';
      const end = last === '' ? '' : `\n${ended(printableOutput(last, context.style !== PLAIN))}`;
      const cut = shown.endsWith(`\n${end}`) ? shown.length - end.length : shown.length;
      host.stdout.write(shown.slice(0, cut));
      for (const notice of aside?.notices ?? []) host.stderr.write(notice);
      if (cut < shown.length) host.stdout.write(shown.slice(cut));
    },
  };
}

const styleOf = (values: Pick<Values, 'color'>, host: Host): Promise<Style> =>
  styleFor(colorLevel({ asked: values.color, env: host.env, isTerminal: host.stdout.isTerminal }));

/** `--width`, else the terminal's width, else COLUMNS, else 80. */
export function widthOf(values: Pick<Values, 'width'>, host: Host): number {
  const fromEnvironment = /^\d+$/.test(host.env.COLUMNS ?? '') ? Number(host.env.COLUMNS) : undefined;
  return Math.max(NARROWEST, values.width ?? (host.stdout.columns || fromEnvironment || DEFAULT_WIDTH));
}

/** Unicode unless the locale says that the terminal cannot show it. */
export function canShowUnicode(env: Host['env']): boolean {
  const locale = env.LC_ALL || env.LC_CTYPE || env.LANG;
  if (env.TERM === 'linux') return false;
  return locale === undefined || locale === '' || /utf-?8/i.test(locale);
}

function rendererOf<R>(formats: Formats<R>, format: string, flag: string): () => Promise<Renderer<R>> {
  const found = lookUp(formats, format);
  if (!found)
    throw new UsageError(
      `${flag}: "${format}" is not a format${didYouMean(format, Object.keys(formats))}; accepted: ${Object.keys(formats).join(', ')}`,
    );
  return found;
}

function fileOutput<R>(
  formats: Formats<R>,
  text: string,
): { readonly format: string; readonly path: string } {
  const cut = text.indexOf('=');
  const [format, path] = [text.slice(0, cut), text.slice(cut + 1)];
  if (cut < 1 || path === '')
    throw new UsageError(`--output: "${text}" is not FORMAT=PATH, such as json=plan.json`);
  rendererOf(formats, format, '--output');
  if (path === '-')
    throw new UsageError(
      `--output: "${text}" names no file; --format ${format} prints it, and ./- is a file of that name`,
    );
  return { format, path };
}

const ended = (text: string): string => (text.endsWith('\n') ? text : `${text}\n`);
