import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { encodeUidPart, SECRET_UID_LIMIT, secretUid } from './secret-uid.js';

const keyedHash = (text: string): string => `h${text.length}`;

describe(secretUid.name, () => {
  it('keeps what is readable and encodes what would be mistaken', () => {
    const uid = secretUid({ store: 'vault', instance: 'eu', scope: 'team a/', path: 'kv/ä:b%c' }, keyedHash);

    expect(uid).toBe('vault:eu:team%20a/:kv/ä%3Ab%25c');
  });

  it('tells different names apart', () => {
    const part = fc.string({ unit: 'binary', maxLength: 8 }).filter((text) => text.isWellFormed());
    const name = fc.record({ store: part, instance: part, scope: part, path: part });
    fc.assert(
      fc.property(name, name, (one, other) => {
        const same = JSON.stringify(one) === JSON.stringify(other);
        expect(secretUid(one, keyedHash) === secretUid(other, keyedHash)).toBe(same);
      }),
    );
  });

  it('stays within its limit, ends in a keyed hash and is never cut within a character', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1100, maxLength: 1400 }), (path) => {
        const uid = secretUid({ store: 'vault', instance: 'a', scope: '', path }, keyedHash);
        expect(Buffer.byteLength(uid)).toBeLessThanOrEqual(SECRET_UID_LIMIT);
        expect(uid).toMatch(/~h\d+$/);
        const head = uid.slice(0, uid.lastIndexOf('~h'));
        expect(['vault', 'a', '', path].map(encodeUidPart).join(':').startsWith(head)).toBe(true);
      }),
    );
  });
});
