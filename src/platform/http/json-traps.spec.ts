import { describe, expect, it } from '@jest/globals';
import { jsonTrap } from './json-traps.js';

describe(jsonTrap.name, () => {
  it.each([
    ['nothing', undefined],
    ['plain values', { name: 'x', list: ['a', 1, true], inner: { empty: '' } }],
    ['a query without a prototype', Object.assign(Object.create(null) as object, { limit: '5' })],
  ])('lets %s pass', (_, value) => {
    expect(jsonTrap(value)).toBeUndefined();
  });

  it.each([null, { limits: null }, { limits: { kinds: null } }, { list: ['a', null] }, [[{ deep: null }]]])(
    'finds the null in %j',
    (value) => {
      expect(jsonTrap(value)).toMatch(/^null/);
    },
  );

  it.each(['{"__proto__":1}', '{"a":{"constructor":{}}}', '{"toString":1}', '[{"valueOf":1}]'])(
    'finds the name that every object has in %s',
    (text) => {
      expect(jsonTrap(JSON.parse(text))).toBe('an unknown property');
    },
  );

  it('stops at what is nested deeper than any class of ours', () => {
    const deep = (levels: number): unknown => JSON.parse('['.repeat(levels) + ']'.repeat(levels));

    expect(jsonTrap(deep(30))).toBeUndefined();
    expect(jsonTrap(deep(30_000))).toBe('nested too deeply');
  });
});
