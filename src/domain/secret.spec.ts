import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { Secret } from './secret.js';

describe(Secret.name, () => {
  it('is never printed, and exposed by name only', () => {
    const secret = new Secret('hunter2');

    const printed = [String(secret), JSON.stringify({ secret }), inspect({ secret }, { depth: 9, showHidden: true })];

    expect(printed.join(' ')).not.toContain('hunter2');
    expect(secret.expose('to see that it is kept')).toBe('hunter2');
  });
});
