import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { KeyedHash } from './keyed-hash.js';
import { RandomPool } from './random-pool.js';
import { RecordKeys, type DeliveryKeys } from './record-keys.js';

const hash = new KeyedHash(randomBytes(32));

function keys(delivery: Partial<DeliveryKeys> = {}): RecordKeys {
  return new RecordKeys({ repeated: undefined, ...delivery }, hash, new RandomPool());
}

const record = (item: number, canonical = '{}', alone = false) => ({ item, record: item, canonical, alone });

describe(RecordKeys.name, () => {
  it('tells equal records of one delivery apart by their number, and knows them again', () => {
    const all = () => {
      const sut = keys();
      return [0, 1, 2].map((item) => sut.keyOf(record(item)));
    };

    expect(new Set(all()).size).toBe(3);
    expect(all()).toEqual(all());
  });

  it('does not depend on what stands between', () => {
    const [one, other] = [keys(), keys()];
    one.keyOf(record(0, '{"a":1}'));

    expect(one.keyOf(record(1))).toBe(other.keyOf(record(0)));
  });

  it('counts on over the pieces of a file, whether told of each repetition or only of the first', () => {
    const whole = keys({ repeated: new Map() });
    const expected = [0, 1, 2, 3].map((item) => whole.keyOf(record(item)));

    const told = keys({ repeated: new Map([[0, 2], [1, 3]]) }); // prettier-ignore
    const hinted = keys({ repeated: new Map([[0, 2]]) });

    expect([told.keyOf(record(0)), told.keyOf(record(1))]).toEqual(expected.slice(2));
    expect([hinted.keyOf(record(0)), hinted.keyOf(record(1))]).toEqual(expected.slice(2));
  });

  it('takes a record sent alone for a new one, but not out of a file or with an Idempotency-Key', () => {
    const alone = (delivery?: Partial<DeliveryKeys>) => keys(delivery).keyOf(record(0, '{}', true));

    expect(alone()).not.toBe(alone());
    expect(alone({ repeated: new Map() })).toBe(alone({ repeated: new Map() }));
    expect(alone({ idempotencyKey: 'k' })).toBe(alone({ idempotencyKey: 'k' }));
    expect(alone({ idempotencyKey: 'k' })).not.toBe(alone({ idempotencyKey: 'l' }));
  });

  it('goes by the Idempotency-Key and the place alone, whatever the record says', () => {
    const sut = keys({ idempotencyKey: 'k' });

    expect(sut.keyOf(record(0, '{"a":1}'))).toBe(sut.keyOf(record(0, '{"a":2}')));
    expect(sut.keyOf(record(0))).not.toBe(sut.keyOf(record(1)));
  });

  it('holds nothing of the record or the key', () => {
    const key = keys({ idempotencyKey: 'canary' }).keyOf(record(0)) + keys().keyOf(record(0, '{"canary":1}'));

    expect(key).not.toContain('canary');
  });
});

describe(RandomPool.name, () => {
  it('never gives the same salt or nonce twice', () => {
    const sut = new RandomPool();
    const drawn = Array.from({ length: 5_000 }, () => [sut.salt(), Buffer.from(sut.nonce()).toString('hex')]);

    expect(new Set(drawn.flat()).size).toBe(10_000);
    expect(drawn.every(([salt, nonce]) => salt?.length === 22 && nonce?.length === 24)).toBe(true);
  });
});
