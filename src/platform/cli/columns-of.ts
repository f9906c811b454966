const USUAL = 80;

/** How many columns a terminal has; one that nobody told its size says 0. */
export function columnsOf({ columns = 0 }: { readonly columns?: number }): number {
  return columns > 0 ? columns : USUAL;
}
