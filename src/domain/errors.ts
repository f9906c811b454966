import { ERRORS } from './error-table.js';

export { ERRORS, EXIT } from './error-table.js';

export type ErrorCode = keyof typeof ERRORS;

/** Facts that an error may carry to a caller. Never a secret, never personal data, never a driver's words. */
export type ErrorFacts = Readonly<Record<string, ErrorFact>>;
export type ErrorFact = string | number | boolean | readonly string[] | Readonly<Record<string, number>>;

/** The only error that leaves a room. Its message is our own words; there is no `cause`, as a cause's text may leak. */
export class KeytrailError extends Error {
  override readonly name = 'KeytrailError';

  constructor(
    readonly code: ErrorCode,
    readonly facts: ErrorFacts = {},
  ) {
    super(ERRORS[code].title);
  }

  get http(): number {
    return ERRORS[this.code].http;
  }

  get exit(): number {
    return ERRORS[this.code].exit;
  }

  get remedy(): string {
    return ERRORS[this.code].remedy;
  }
}

export function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(ERRORS, code);
}
