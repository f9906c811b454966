/** More than what the threads that prepare deliveries have in hand: something waits for them. */
const MUCH_BYTES = 2_097_152;
/** So many times as long as a page took is left to recording. */
const SHARE = 4;
/** Milliseconds: a projector that is behind still gets on. */
const LONGEST = 500;

/** How long to do nothing after work of `workedMs` while so many bytes wait to be recorded. Milliseconds. */
export function pauseAfter(workedMs: number, waitingBytes: number): number {
  return waitingBytes < MUCH_BYTES ? 0 : Math.min(workedMs * SHARE, LONGEST);
}
