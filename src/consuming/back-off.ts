/** How long to wait after failures in a row: doubled each time, up to a bound. Milliseconds. */
export interface BackOff {
  readonly first: number;
  readonly most: number;
}

export const DEFAULT_BACK_OFF: BackOff = { first: 250, most: 30_000 };

export function waitAfter(failures: number, { first, most }: BackOff): number {
  return Math.min(most, first * 2 ** Math.min(30, Math.max(0, failures - 1)));
}
