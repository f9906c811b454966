import { describe, expect, it } from '@jest/globals';
import { fileError } from './file-error.js';

const failed = (code: string) => Object.assign(new Error(`${code}: /home/alice/data`), { code });

describe(fileError.name, () => {
  it.each([
    ['ENOSPC', 'STORAGE.DISK_FULL', { store: 'reports' }],
    ['EDQUOT', 'STORAGE.DISK_FULL', { store: 'reports' }],
    ['EROFS', 'STORAGE.UNAVAILABLE', { store: 'reports', reason: 'read-only' }],
    ['EACCES', 'STORAGE.UNAVAILABLE', { store: 'reports', reason: 'read-only' }],
    ['ENOTDIR', 'STORAGE.UNAVAILABLE', { store: 'reports', reason: 'cannot-open' }],
  ])('tells %s without its words', (code, told, facts) => {
    expect(fileError(failed(code), 'reports')).toMatchObject({ code: told, facts });
    expect(JSON.stringify(fileError(failed(code), 'reports'))).not.toContain('alice');
  });

  it.each([new TypeError('a fault of ours'), failed('ERR_SQLITE_ERROR'), undefined])('leaves %p alone', (error) => {
    expect(fileError(error, 'reports')).toBe(error);
  });
});
