import { ValidationPipe, type ArgumentMetadata, type ValidationError } from '@nestjs/common';
import { KeytrailError } from '../../domain/errors.js';
import { jsonTrap } from './json-traps.js';

const ERRORS_LIMIT = 20;

class StrictValidation extends ValidationPipe {
  override async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    const trap = this.toValidate(metadata) ? jsonTrap(value) : undefined;
    if (trap !== undefined) throw new KeytrailError('REQUEST.INVALID', { errors: [trap] });
    return super.transform(value, metadata);
  }
}

/** Checks bodies and queries against their classes. What is not named there is refused; no answer repeats a value. */
export function validation(): ValidationPipe {
  return new StrictValidation({
    transform: true,
    whitelist: true,
    forbidNonWhitelisted: true,
    validationError: { target: false, value: false },
    exceptionFactory: (errors) =>
      new KeytrailError('REQUEST.INVALID', {
        errors: errors.flatMap((error) => wordsOf(error)).slice(0, ERRORS_LIMIT),
      }),
  });
}

function wordsOf({ property, constraints = {}, children = [] }: ValidationError, within = ''): readonly string[] {
  // The name of an unknown property is the caller's: it may be anything, a secret too.
  if ('whitelistValidation' in constraints) return [`${within}: an unknown property`.replace(/^: /, '')];
  const path = within === '' ? property : `${within}.${property}`;
  const own = Object.values(constraints).map((text) => (within === '' ? text : `${within}: ${text}`));
  return [...own, ...children.flatMap((child) => wordsOf(child, path))];
}
