/**
 * Between the numbers of an event's parts; more than any record has events. So no part's id hangs on how many events there
 * are: a later mapping that makes more of the record gives none of them the id of a part.
 */
const PART_NUMBERS = 1_048_576;

/** The number, within its record, of an event's part. Both from 0; the first part has the event's own number. */
export function partNumber(event: number, part: number): number {
  return event + part * PART_NUMBERS;
}

/** The event of which a number within a record tells, and the part. */
export function partOf(number: number): { readonly event: number; readonly part: number } {
  return { event: number % PART_NUMBERS, part: Math.floor(number / PART_NUMBERS) };
}
