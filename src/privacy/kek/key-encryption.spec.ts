import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { newKek } from './kek.js';
import { KeyEncryption } from './key-encryption.js';

const NOW = '2026-11-22T12:00:00.000Z';

describe(KeyEncryption.name, () => {
  it('wraps by the newest key and unwraps by whichever wrapped', async () => {
    const [old, fresh] = [newKek(NOW), newKek(NOW)];
    const sut = new KeyEncryption([old], randomBytes(32));
    const key = randomBytes(32);
    const before = sut.wrap(key, 'p');

    await sut.change([old, fresh]);

    expect(sut.wrap(key, 'p').kekId).toBe(fresh.id);
    expect(Buffer.from(sut.unwrap(before, 'p'))).toEqual(key);
    await sut.change([fresh]);
    expect(() => sut.unwrap(before, 'p')).toThrow(expect.objectContaining({ code: 'PRIVACY.KEK_MISMATCH' }));
  });

  it('waits, when the key changes, until what was wrapped by the old one is stored', async () => {
    const sut = new KeyEncryption([newKek(NOW)], randomBytes(32));
    const told: string[] = [];
    const { promise, resolve } = Promise.withResolvers<undefined>();
    const creating = sut.creating(async () => {
      await promise;
      told.push('stored');
    });

    const changing = sut.change([newKek(NOW)]).then(() => told.push('changed'));
    await new Promise(setImmediate);
    resolve(undefined);
    await Promise.all([creating, changing]);

    expect(told).toEqual(['stored', 'changed']);
  });

  it('lets a creation that failed hold up nothing', async () => {
    const sut = new KeyEncryption([newKek(NOW)], randomBytes(32));
    const creating = sut.creating(() => Promise.reject(new Error('no')));

    await sut.change([newKek(NOW)]);
    await expect(creating).rejects.toThrow('no');
  });
});
