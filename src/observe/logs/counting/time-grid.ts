/** Cells of a block. Blocks exist only where the log has requests, so that a stray time stamp costs one block. */
const CELLS = 4096;
const MOST_BLOCKS = 128;
/** Widths divide a minute and an hour as long as they are shorter. */
const WIDTHS_SECONDS = [1, 2, 4, 12, 60, 300, 3600, 86_400, 31 * 86_400, 10_000 * 86_400] as const;

interface Block {
  /** Arrivals in a cell. */
  readonly arrivals: Float64Array;
  /** Seconds of work that only partly fill a cell. */
  readonly partly: Float64Array;
  /** Requests that begin (+) or cease (−) to fill whole cells here. */
  readonly change: Float64Array;
}

/**
 * Arrivals and work over time, in cells of a second; a log that spans more than some days gets wider cells, so that
 * memory is bounded (12 MB) at any length.
 */
export interface TimeGrid {
  width: number;
  blocks: Map<number, Block>;
}

export const emptyGrid = (): TimeGrid => ({ width: 0, blocks: new Map() });

const widthOf = (grid: TimeGrid): number => WIDTHS_SECONDS[grid.width]!;

function blockOf(grid: TimeGrid, cell: number): Block {
  const number = Math.floor(cell / CELLS);
  let block = grid.blocks.get(number);
  if (!block) {
    block = {
      arrivals: new Float64Array(CELLS),
      partly: new Float64Array(CELLS),
      change: new Float64Array(CELLS),
    };
    grid.blocks.set(number, block);
  }
  return block;
}

const within = (cell: number): number => cell - Math.floor(cell / CELLS) * CELLS;

/** Adds a request that is in service from `start` to `end` (seconds). */
export function addInterval(grid: TimeGrid, start: number, end: number): void {
  const width = widthOf(grid);
  const first = Math.floor(start / width);
  const last = Math.floor(end / width);
  const block = blockOf(grid, first);
  block.arrivals[within(first)]!++;
  if (last === first) {
    block.partly[within(first)]! += end - start;
  } else {
    block.partly[within(first)]! += (first + 1) * width - start;
    const final = blockOf(grid, last);
    final.partly[within(last)]! += end - last * width;
    blockOf(grid, first + 1).change[within(first + 1)]!++;
    final.change[within(last)]!--;
  }
  if (grid.blocks.size > MOST_BLOCKS) widen(grid);
}

/** Adds a request whose duration is not known. */
export function addArrival(grid: TimeGrid, at: number): void {
  const cell = Math.floor(at / widthOf(grid));
  blockOf(grid, cell).arrivals[within(cell)]!++;
  if (grid.blocks.size > MOST_BLOCKS) widen(grid);
}

/** Takes over the counts of another grid, which may get wider cells by it. */
export function addGrid(to: TimeGrid, from: TimeGrid): void {
  while (to.width < from.width) widen(to);
  while (from.width < to.width) widen(from);
  for (const [number, block] of from.blocks) {
    const mine = blockOf(to, number * CELLS);
    for (let n = 0; n < CELLS; n++) {
      mine.arrivals[n]! += block.arrivals[n]!;
      mine.partly[n]! += block.partly[n]!;
      mine.change[n]! += block.change[n]!;
    }
  }
  while (to.blocks.size > MOST_BLOCKS && to.width < WIDTHS_SECONDS.length - 1) widen(to);
}

/** Puts all counts into the next wider cells. */
function widen(grid: TimeGrid): void {
  if (grid.width === WIDTHS_SECONDS.length - 1) return;
  const old = [...grid.blocks].sort(([a], [b]) => a - b);
  const before = widthOf(grid);
  grid.width++;
  const factor = widthOf(grid) / before;
  grid.blocks = new Map();
  for (const [number, { arrivals, partly, change }] of old) {
    for (let n = 0; n < CELLS; n++) {
      const cell = number * CELLS + n;
      if (arrivals[n] === 0 && partly[n] === 0 && change[n] === 0) continue;
      const wide = Math.floor(cell / factor);
      const block = blockOf(grid, wide);
      block.arrivals[within(wide)]! += arrivals[n]!;
      block.partly[within(wide)]! += partly[n]!;
      // A request that fills narrow cells from here fills the rest of this wide cell, and all of the next ones.
      const rest = ((wide + 1) * factor - cell) * before;
      block.partly[within(wide)]! += change[n]! * rest;
      if (change[n] !== 0) blockOf(grid, wide + 1).change[within(wide + 1)]! += change[n]!;
    }
  }
}

export interface GridCell {
  /** Seconds since the origin of the time stamps. */
  readonly start: number;
  readonly arrivals: number;
  /** Mean number of requests in service. */
  readonly busy: number;
}

/** Width of the cells, seconds. */
export const cellSeconds = widthOf;

/** The cells in order of time. Blocks without any request are left out; cells without one are not. */
export function* cells(grid: TimeGrid): Generator<GridCell> {
  const width = widthOf(grid);
  let filling = 0;
  for (const [number, block] of [...grid.blocks].sort(([a], [b]) => a - b)) {
    for (let n = 0; n < CELLS; n++) {
      filling += block.change[n]!;
      yield {
        start: (number * CELLS + n) * width,
        arrivals: block.arrivals[n]!,
        busy: Math.max(0, filling + block.partly[n]! / width),
      };
    }
  }
}

/** A block of cells without the empty ones at its ends, as plain data. */
interface StoredBlock {
  readonly from: number;
  readonly arrivals: readonly number[];
  readonly partly: readonly number[];
  readonly change: readonly number[];
}

/** The blocks in order of time; work to the microsecond. */
export const storedCells = (grid: TimeGrid): StoredBlock[] =>
  [...grid.blocks]
    .sort(([a], [b]) => a - b)
    .flatMap(([number, { arrivals, partly, change }]) => {
      const isUsed = (n: number) => arrivals[n] !== 0 || partly[n] !== 0 || change[n] !== 0;
      let [first, last] = [0, CELLS - 1];
      while (first < CELLS && !isUsed(first)) first++;
      while (last >= first && !isUsed(last)) last--;
      if (last < first) return [];
      const part = (values: Float64Array) => [...values.subarray(first, last + 1)];
      return [
        {
          from: number * CELLS + first,
          arrivals: part(arrivals),
          partly: part(partly).map((seconds) => Math.round(seconds * 1e6) / 1e6),
          change: part(change),
        },
      ];
    });

/** A grid of stored blocks. Cells of a width that does not exist are taken as the next wider one. */
export function gridOf(seconds: number, stored: readonly StoredBlock[]): TimeGrid {
  const width = WIDTHS_SECONDS.findIndex((one) => one >= seconds);
  const grid: TimeGrid = { width: width < 0 ? WIDTHS_SECONDS.length - 1 : width, blocks: new Map() };
  for (const { from, arrivals, partly, change } of stored)
    for (let n = 0; n < arrivals.length; n++) {
      const block = blockOf(grid, from + n);
      const at = within(from + n);
      block.arrivals[at]! += arrivals[n]!;
      block.partly[at]! += partly[n] ?? 0;
      block.change[at]! += change[n] ?? 0;
    }
  return grid;
}
