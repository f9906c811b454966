import { describe, expect, it } from '@jest/globals';
import { ERRORS, EXIT, isErrorCode, KeytrailError } from './errors.js';

describe('the table of errors', () => {
  it.each(Object.entries(ERRORS))('%s says what happened and what to do', (code, { http, exit, title, remedy }) => {
    expect(code).toMatch(/^[A-Z]+\.[A-Z_]+$/);
    expect(http).toBeGreaterThanOrEqual(400);
    expect(Object.values(EXIT)).toContain(exit);
    expect(exit).not.toBe(EXIT.ok);
    expect(title).not.toMatch(/\.$/);
    expect(remedy).toMatch(/\.$/);
  });

  it('knows its own codes only', () => {
    expect(isErrorCode('INGESTION.QUEUE_FULL')).toBe(true);
    expect(isErrorCode('toString')).toBe(false);
  });
});

describe(KeytrailError.name, () => {
  it('speaks in our own words and carries facts', () => {
    const error = new KeytrailError('INGESTION.BATCH_TOO_LARGE', { records: 5000 });

    expect(error).toMatchObject({ http: 413, message: 'The request holds too much', facts: { records: 5000 } });
    expect(error.cause).toBeUndefined();
  });
});
