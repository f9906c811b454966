import { describe, expect, it } from '@jest/globals';
import { addressBlock, readFilter } from './read-filter.js';

describe('readFilter', () => {
  it('takes one value or several, each term wanted or not', () => {
    expect(
      readFilter({ action: ['secret.update', 'secret.read', 'secret.read'], 'not.source': 'vault', own: 'true' }),
    ).toEqual({
      ok: true,
      filter: { action: ['secret.read', 'secret.update'], not: { source: ['vault'] }, own: true },
    });
  });

  it('makes equal filters equal', () => {
    const left = readFilter({ secret: ['b', 'a'], own: 'false', to: '2026-11-30', from: '2026-11-01' });
    const right = readFilter({ from: '2026-11-01T00:00:00Z', to: '2026-11-30T00:00:00Z', secret: ['a', 'b', 'a'] });
    expect(JSON.stringify(left)).toBe(JSON.stringify(right));
  });

  it('takes a whole class of actions', () => {
    expect(readFilter({ action: 'secret.*' })).toMatchObject({ ok: true });
  });

  it.each([
    [{ action: 'secret.raed' }, 'action: must be an action'],
    [{ 'not.action': 'delete' }, 'not.action: must be an action'],
    [{ outcome: 'denied' }, 'outcome: must be one of success, failure, unknown'],
    [{ reason: 'no' }, 'reason: must be one of denied'],
    [{ actorKind: 'robot' }, 'actorKind: must be one of user'],
    [{ address: '10.0.0.0/33' }, 'address: must be an IP address'],
    [{ address: '10.0.0.0/8/8' }, 'address: must be an IP address'],
    [{ from: 'yesterday' }, 'from: must be one date'],
    [{ from: '2026-02-30' }, 'from: must be one date'],
    [{ from: ['2026-01-01', '2026-01-02'] }, 'from: must be one date'],
    [{ from: '2026-01-02', to: '2026-01-01' }, 'to: must be later than from'],
    [{ 'not.from': '2026-01-01', 'not.to': '2026-01-01' }, 'not.to: must be later than not.from'],
    [{ own: 'maybe' }, 'own: must be true or false'],
    [{ secret: '' }, 'secret: must not be empty'],
    [{ secret: 'kv/*\0/none' }, 'secret: must not hold a NUL character'],
    [{ 'not.text': ['a\0'] }, 'not.text: must not hold a NUL character'],
    [{ secret: 'a'.repeat(1025) }, 'secret: at most 1024 characters'],
    [{ secret: Array.from({ length: 101 }, (_, index) => String(index)) }, 'secret: at most 100 values'],
    [{ secret: Array.from({ length: 101 }, () => 'equal') }, 'secret: at most 100 values'],
    [
      { secret: Array.from({ length: 9 }, (_, index) => `${index}${'a'.repeat(999)}`) },
      'filter: at most 8000 characters',
    ],
    [{ secret: { a: 1 } }, 'secret: must be one or more texts'],
    [{ secret: [] }, 'secret: must be one or more texts'],
  ])('says what is wrong with %j', (parameters, fault) => {
    const read = readFilter(parameters);
    expect(read.ok ? [] : read.errors).toEqual([expect.stringMatching(new RegExp(`^${fault}`))]);
  });

  it('never repeats a value, which may be somebody’s name', () => {
    const read = readFilter({ from: 'ann@example.com', outcome: 'ann@example.com' });
    expect(JSON.stringify(read)).not.toContain('ann');
  });
});

describe('addressBlock', () => {
  it.each([
    ['10.0.0.7', '10.0.0.7/32'],
    ['2001:db8::1', '2001:db8::1/128'],
    ['10.0.0.0/8', '10.0.0.0/8'],
    ['2001:db8::/32', '2001:db8::/32'],
    ['secretsmanager.amazonaws.com', undefined],
    ['10.0.0.0/08x', undefined],
    ['fe80::1%eth0', undefined],
  ])('of %s is %s', (value, block) => {
    expect(addressBlock(value)).toBe(block);
  });
});
