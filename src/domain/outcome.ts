/** What became of an attempt. `unknown` is never shown as a success. */
export const OUTCOMES = ['success', 'failure', 'unknown'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** Why a failure failed. `denied` is a reason inside the outcome failure, not an outcome of its own. */
export const REASONS = [
  'denied',
  'unauthenticated',
  'not_found',
  'conflict',
  'throttled',
  'invalid',
  'expired',
  'error',
] as const;
export type Reason = (typeof REASONS)[number];
