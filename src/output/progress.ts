import type { Host } from '../host/host.js';

/** A progress bar on the terminal's stderr. */
export interface Progress {
  /** Share done, 0 to 1, and what to say beside the bar. */
  update(share: number, beside?: string): void;
  stop(): void;
}

const SILENT: Progress = { update: () => undefined, stop: () => undefined };

/** A bar where stderr is a terminal and nobody asked for quiet; else nothing at all. */
export async function progressBar(host: Host, label: string, quiet: boolean): Promise<Progress> {
  if (!host.stderr.isTerminal || quiet) return SILENT;
  const { default: cliProgress } = await import('cli-progress');
  const stream = {
    isTTY: true,
    columns: host.stderr.columns ?? 80,
    write: (text: string) => host.stderr.write(text),
  };
  const bar = new cliProgress.SingleBar({
    format: `${label} {bar} {percentage}%{beside}`,
    barsize: 24,
    clearOnComplete: true,
    hideCursor: true,
    // The caller may be busy for long between updates, so drawing must not wait for a timer.
    forceRedraw: true,
    stream: stream as unknown as NodeJS.WritableStream,
  });
  bar.start(1000, 0, { beside: '' });
  return {
    update: (share, beside = '') =>
      bar.update(Math.round(share * 1000), { beside: beside && ` | ${beside}` }),
    stop: () => bar.stop(),
  };
}
