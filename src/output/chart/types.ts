/** A chart as data: what is drawn, in any medium. */
export interface Axis {
  readonly label: string;
  readonly scale: 'linear' | 'log';
  /** Whether heights are to compare as the values do, as those of counts. */
  readonly fromZero?: true;
  /** Whether there is nothing between whole numbers. */
  readonly whole?: true;
}

interface Series {
  readonly name: string;
  /** Points in order of x; a null y is a gap (such as overload). */
  readonly points: readonly { readonly x: number; readonly y: number | null }[];
}

interface Mark {
  readonly x: number;
  readonly y: number;
  readonly label: string;
}

export interface LineChart {
  readonly title: string;
  readonly x: Axis;
  readonly y: Axis;
  readonly series: readonly Series[];
  /** Levels such as an objective. */
  readonly horizontals: readonly { readonly y: number; readonly label: string }[];
  /** Places such as saturation or the knee. */
  readonly verticals: readonly { readonly x: number; readonly label: string }[];
  /** Points such as the recommended one. */
  readonly marks: readonly Mark[];
}

/** A value for every pair of two inputs; null where there is none. */
export interface HeatMap {
  readonly title: string;
  readonly x: { readonly label: string; readonly values: readonly string[] };
  readonly y: { readonly label: string; readonly values: readonly string[] };
  /** cells[row of y][column of x]. */
  readonly cells: readonly (readonly (number | null)[])[];
  readonly unit: string;
  /** The cell to be marked, as indices. */
  readonly best: { readonly x: number; readonly y: number } | null;
  /** Values above it miss the objective; null where there is none. */
  readonly limit: number | null;
}

/** Parts of a whole, drawn as one bar. */
export interface StackedBar {
  readonly title: string;
  readonly total: number;
  readonly parts: readonly { readonly label: string; readonly value: number }[];
  readonly unit: string;
}
