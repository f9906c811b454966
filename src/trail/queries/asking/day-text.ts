/** `20261122`, as the read store groups days, as `2026-11-22`. */
export function dayText(digits: string): string {
  return `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6, 8)}`;
}
