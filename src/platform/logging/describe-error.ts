import { KeytrailError } from '../../domain/errors.js';

/** What may be told of any error: its class, its code and where in our code it arose. Never its message or cause. */
export interface ErrorDescription {
  readonly type: string;
  readonly errno?: string;
  readonly place?: string;
}

const CODE = /^[A-Z][A-Z0-9_.]{1,60}$/;
const TYPE = /^[A-Za-z]{1,60}$/;
/** `file.js:line:column` of a stack line; only the file's name, as folders may name people. */
const FRAME = /^\s+at .*?([\w.-]+\.[cm]?[jt]s:\d+:\d+)\)?$/;
const FRAMES_TOLD = 4;

export function describeError(error: unknown): ErrorDescription {
  if (error instanceof KeytrailError) return withPlace({ type: error.name, errno: error.code }, error.stack);
  // Errors of another realm (a thread, a test) are not instances of this realm's Error.
  if (typeof error !== 'object' || error === null) return { type: typeof error };
  const { name, code, stack } = error as { name?: unknown; code?: unknown; stack?: unknown };
  const type = typeof name === 'string' && TYPE.test(name) ? name : 'Error';
  const errno = typeof code === 'string' && CODE.test(code) ? { errno: code } : {};
  return withPlace({ type, ...errno }, typeof stack === 'string' ? stack : undefined);
}

function withPlace(description: ErrorDescription, stack: string | undefined): ErrorDescription {
  const frames = (stack ?? '').split('\n').map((line) => FRAME.exec(line)?.[1]);
  const place = frames.filter((frame) => frame !== undefined).slice(0, FRAMES_TOLD);
  return place.length > 0 ? { ...description, place: place.join(' < ') } : description;
}
