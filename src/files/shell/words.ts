/** How a command line writes variables: `$X ${X:-2}`, `$(X)`, or not at all. */
export type VariableStyle = 'shell' | 'kubernetes' | 'none';

export type Part =
  | { readonly kind: 'text'; readonly text: string }
  /** A variable; `fallback` is the text after `:-` or `-`. */
  | {
      readonly kind: 'variable';
      readonly name: string;
      readonly fallback: readonly Part[] | null;
      /** The fallback is also taken for an empty value. */
      readonly emptyToo: boolean;
    }
  /** Something that only a shell can work out. */
  | { readonly kind: 'substitution'; readonly text: string };

/** A word with the offsets of its raw text. */
export interface Word {
  readonly parts: readonly Part[];
  readonly from: number;
  readonly to: number;
}

/** Words of one simple command, or the operator that ends it. */
export interface SimpleCommand {
  readonly words: readonly Word[];
}

export interface SplitOptions {
  readonly variables: VariableStyle;
  /** Whether `;`, `&&`, `|`, `>` and line breaks are the shell's, or only text. */
  readonly operators: boolean;
}

/** Splits text into the words of its simple commands; undefined where a quote is never closed. */
export function splitCommands(text: string, options: SplitOptions): readonly SimpleCommand[] | undefined {
  const reader = new WordReader(text, options);
  return reader.commands();
}

/** Splits text into words as `shlex.split` does: quotes and backslashes, no variables, no operators. */
export function splitWords(text: string, variables: VariableStyle = 'none'): readonly Word[] | undefined {
  return splitCommands(text, { variables, operators: false })?.flatMap((command) => command.words);
}

const SPACE = /[ \t\r\n]/;
const OPERATORS = ['&&', '||', ';;', ';', '|', '&', '(', ')', '\n'];
const NAME = /^[A-Za-z_]\w*/;
/** Bounds how deep fallbacks can nest. */
const LONGEST_FALLBACK = 1000;

class WordReader {
  private readonly text: string;
  private readonly options: SplitOptions;
  private at = 0;
  /** Words that end the here-documents which begin on the next line. */
  private hereEnds: string[] = [];

  constructor(text: string, options: SplitOptions) {
    this.text = text;
    this.options = options;
  }

  commands(): SimpleCommand[] | undefined {
    const commands: SimpleCommand[] = [];
    let words: Word[] = [];
    const end = () => {
      if (words.length > 0) commands.push({ words });
      words = [];
    };
    while (this.at < this.text.length) {
      if (this.skipSpace()) continue;
      const operator = this.operatorHere();
      if (operator) {
        this.at += operator.length;
        if (operator === '\n') this.skipHereDocuments();
        end();
      } else if (!this.skipRedirection()) {
        const word = this.word();
        if (!word) return undefined;
        words.push(word);
      }
    }
    end();
    return commands;
  }

  private skipSpace(): boolean {
    const char = this.text[this.at]!;
    if (this.text.startsWith('\\\n', this.at)) this.at += 2;
    else if (this.text.startsWith('\\\r\n', this.at)) this.at += 3;
    else if (char === '\n' && this.options.operators) return false;
    else if (SPACE.test(char)) this.at += 1;
    else if (char === '#' && this.options.operators) {
      const end = this.text.indexOf('\n', this.at);
      this.at = end < 0 ? this.text.length : end;
    } else return false;
    return true;
  }

  private operatorHere(): string | undefined {
    if (!this.options.operators) return undefined;
    return OPERATORS.find((operator) => this.text.startsWith(operator, this.at));
  }

  /** `> file`, `2>&1`, `< file`: of no interest here. */
  private skipRedirection(): boolean {
    if (!this.options.operators) return false;
    const match = /^\d*(&>>?|>>?|<<?<?)(&\d|&-)?[ \t]*/.exec(this.text.slice(this.at, this.at + 20));
    if (!match) return false;
    this.at += match[0].length;
    if (match[1] === '<<') return this.noteHereDocument();
    if (!match[2] && !this.operatorHere()) this.word();
    return true;
  }

  private noteHereDocument(): boolean {
    const match = /^-?\s*(["']?)([\w.-]+)\1/.exec(this.text.slice(this.at, this.at + 100));
    if (match) {
      this.hereEnds.push(match[2]!);
      this.at += match[0].length;
    }
    return true;
  }

  private skipHereDocuments(): void {
    for (const end of this.hereEnds.splice(0)) {
      while (this.at < this.text.length) {
        const lineEnd = this.text.indexOf('\n', this.at);
        const line = this.text.slice(this.at, lineEnd < 0 ? undefined : lineEnd).trim();
        this.at = lineEnd < 0 ? this.text.length : lineEnd + 1;
        if (line === end) break;
      }
    }
  }

  private word(): Word | undefined {
    const from = this.at;
    const parts: Part[] = [];
    while (this.at < this.text.length && !this.endsWord()) {
      const read = this.piece();
      if (!read) return undefined;
      parts.push(...read);
    }
    return { parts: merged(parts), from, to: this.at };
  }

  private endsWord(): boolean {
    const char = this.text[this.at]!;
    if (SPACE.test(char) || this.text.startsWith('\\\n', this.at)) return true;
    return this.options.operators && (/[;&|()<>]/.test(char) || char === '\n');
  }

  private piece(): Part[] | undefined {
    const char = this.text[this.at]!;
    if (char === "'") return this.singleQuoted();
    if (char === '"') return this.doubleQuoted();
    if (char === '\\') {
      this.at += 2;
      return [{ kind: 'text', text: this.text[this.at - 1] ?? '' }];
    }
    return [this.variable() ?? this.literal()];
  }

  private literal(): Part {
    this.at += 1;
    return { kind: 'text', text: this.text[this.at - 1]! };
  }

  private singleQuoted(): Part[] | undefined {
    const end = this.text.indexOf("'", this.at + 1);
    if (end < 0) return undefined;
    const text = this.text.slice(this.at + 1, end);
    this.at = end + 1;
    return [{ kind: 'text', text }];
  }

  private doubleQuoted(): Part[] | undefined {
    const parts: Part[] = [{ kind: 'text', text: '' }];
    this.at += 1;
    while (this.at < this.text.length) {
      const char = this.text[this.at]!;
      if (char === '"') {
        this.at += 1;
        return parts;
      }
      if (char === '\\' && /["\\$`\n]/.test(this.text[this.at + 1] ?? '')) {
        if (this.text[this.at + 1] !== '\n') parts.push({ kind: 'text', text: this.text[this.at + 1]! });
        this.at += 2;
      } else parts.push(this.variable() ?? this.literal());
    }
    return undefined;
  }

  /** A variable or substitution that begins here. */
  private variable(): Part | undefined {
    const { variables } = this.options;
    const char = this.text[this.at];
    if (variables === 'none' || (char !== '$' && !(char === '`' && variables === 'shell'))) return undefined;
    if (variables === 'kubernetes') return this.kubernetesVariable();
    if (char === '`') return this.enclosed('`', 1);
    if (this.text.startsWith('$((', this.at)) return this.enclosed('))', 3);
    if (this.text.startsWith('$(', this.at)) return this.enclosed(')', 2);
    if (this.text.startsWith('${', this.at)) return this.braced();
    const name = NAME.exec(this.text.slice(this.at + 1, this.at + 101))?.[0];
    if (name) {
      this.at += 1 + name.length;
      return { kind: 'variable', name, fallback: null, emptyToo: false };
    }
    if (/[\d@*#?!$-]/.test(this.text[this.at + 1] ?? '')) {
      this.at += 2;
      return { kind: 'substitution', text: this.text.slice(this.at - 2, this.at) };
    }
    return undefined;
  }

  private kubernetesVariable(): Part | undefined {
    const match = /^\$\(([A-Za-z_][\w.-]*)\)/.exec(this.text.slice(this.at, this.at + 200));
    if (match) {
      this.at += match[0].length;
      return { kind: 'variable', name: match[1]!, fallback: null, emptyToo: false };
    }
    if (!this.text.startsWith('$$', this.at)) return undefined;
    this.at += 2;
    return { kind: 'text', text: '$' };
  }

  /** Up to the closing mark, inner brackets counted. */
  private enclosed(close: string, skip: number): Part {
    const from = this.at;
    let depth = 0;
    let at = this.at + skip;
    for (; at < this.text.length; at += 1) {
      if (depth === 0 && this.text.startsWith(close, at)) break;
      if (this.text[at] === '(') depth += 1;
      else if (this.text[at] === ')') depth -= 1;
    }
    this.at = Math.min(this.text.length, at + close.length);
    return { kind: 'substitution', text: this.text.slice(from, this.at) };
  }

  private braced(): Part {
    const from = this.at;
    let depth = 0;
    let end = from + 2;
    for (; end < this.text.length; end += 1) {
      if (this.text[end] === '}' && depth === 0) break;
      if (this.text.startsWith('${', end)) depth += 1;
      else if (this.text[end] === '}') depth -= 1;
    }
    this.at = Math.min(this.text.length, end + 1);
    const body = this.text.slice(from + 2, end);
    const match = /^([A-Za-z_]\w*)(?:(:?)([-=?+])([\s\S]*))?$/.exec(body);
    const raw = this.text.slice(from, this.at);
    if (!match || match[3] === '+' || body.length > LONGEST_FALLBACK)
      return { kind: 'substitution', text: raw };
    const [, name = '', colon, operator, rest = ''] = match;
    const isFallback = operator === '-' || operator === '=';
    return {
      kind: 'variable',
      name,
      fallback: isFallback ? fallbackParts(rest, this.options) : null,
      emptyToo: colon === ':',
    };
  }
}

function fallbackParts(text: string, options: SplitOptions): readonly Part[] {
  const words = splitCommands(text, { ...options, operators: false }) ?? [];
  const all = words.flatMap((command) => command.words);
  return all.length === 0
    ? [{ kind: 'text', text: '' }]
    : all.length === 1
      ? all[0]!.parts
      : [{ kind: 'text', text }];
}

function merged(parts: readonly Part[]): Part[] {
  const result: Part[] = [];
  for (const part of parts) {
    const last = result.at(-1);
    if (part.kind === 'text' && last?.kind === 'text')
      result[result.length - 1] = { kind: 'text', text: last.text + part.text };
    else result.push(part);
  }
  return result;
}
