import type { DeadLetter } from '../../dead-letter.view.js';

/** A dead letter as callers may see it: without identities neither the file's name nor what somebody wrote. */
export function presentDeadLetter(letter: DeadLetter, identities: boolean): DeadLetter {
  if (identities) return letter;
  const { opened, closed, ...rest } = letter;
  return { ...rest, ...(opened && { opened: withoutFile(opened) }), ...(closed && { closed: withoutReason(closed) }) };
}

function withoutFile({ file: _file, ...opened }: NonNullable<DeadLetter['opened']>): NonNullable<DeadLetter['opened']> {
  return opened;
}

function withoutReason({
  reason: _reason,
  ...closed
}: NonNullable<DeadLetter['closed']>): NonNullable<DeadLetter['closed']> {
  return closed;
}
