import { KeytrailError, type ErrorCode, type ErrorFacts } from '../../domain/errors.js';
import type { Position } from '../../domain/position.js';

/** What became of one record of an append that did not succeed as a whole. */
export type AppendOutcome =
  | { readonly state: 'appended'; readonly position: Position }
  /** It is not on the log and will not be. */
  | { readonly state: 'not_appended'; readonly code: ErrorCode }
  /** It was sent and nobody answered: it may be on the log, now or later. */
  | { readonly state: 'unknown'; readonly code: ErrorCode };

/**
 * An append to a log without `atomicAppend` of which some records are, or may be, on the log. Sending all of them again
 * is harmless: their ids are the same.
 */
export class PartlyAppended extends KeytrailError {
  /** @param outcomes one for each record, in order */
  constructor(
    code: ErrorCode,
    readonly outcomes: readonly AppendOutcome[],
    facts: ErrorFacts = {},
  ) {
    super(code, { ...facts, ...countOf(outcomes) });
  }
}

function countOf(outcomes: readonly AppendOutcome[]): ErrorFacts {
  const count = (state: AppendOutcome['state']): number => outcomes.filter((outcome) => outcome.state === state).length;
  return { appended: count('appended'), notAppended: count('not_appended'), unknown: count('unknown') };
}
