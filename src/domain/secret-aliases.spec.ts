import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { SecretAliases } from './secret-aliases.js';

const NAMES = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];

const pairs = (...names: readonly string[]) => names.map((pair) => ({ uid: pair.charAt(0), alias: pair.charAt(1) }));

describe(SecretAliases.name, () => {
  it('tells the name that stands for a secret, and all of its names', () => {
    const sut = new SecretAliases(pairs('ab', 'ac', 'de'));

    expect(['a', 'b', 'c', 'd', 'e', 'x'].map((name) => sut.nameOf(name))).toEqual(['a', 'a', 'a', 'd', 'd', 'x']);
    expect(sut.namesOf('a')).toEqual(['a', 'b', 'c']);
    expect(sut.namesOf('x')).toEqual(['x']);
    expect(sut.standIns).toEqual(
      new Map([
        ['b', 'a'],
        ['c', 'a'],
        ['e', 'd'],
      ]),
    );
  });

  it.each([
    ['of an alias of an alias', ['cb', 'ba'], 'c'],
    ['of an alias of two', ['bz', 'az'], 'a'],
    ['of names that are aliases of each other', ['cb', 'bc'], 'b'],
    ['of a name that is its own alias', ['bb'], 'b'],
  ])('knows the name %s', (_, given, name) => {
    const sut = new SecretAliases(pairs(...given));

    expect(new Set(given.flatMap((pair) => [sut.nameOf(pair.charAt(0)), sut.nameOf(pair.charAt(1))]))).toEqual(
      new Set([name]),
    );
  });

  it('does not depend on the order of the proofs, and puts together what is joined, nothing else', () => {
    const name = fc.constantFrom(...NAMES);
    const pair = fc.record({ uid: name, alias: name });
    const shuffled = fc
      .array(pair, { maxLength: 8 })
      .chain((given) => fc.tuple(fc.constant(given), fc.shuffledSubarray(given, { minLength: given.length })));
    fc.assert(
      fc.property(shuffled, ([given, other]) => {
        const sut = new SecretAliases(given);
        expect(new SecretAliases(other).standIns).toEqual(sut.standIns);

        const joined = (one: string): ReadonlySet<string> => {
          const names = new Set([one]);
          for (let size = 0; size < names.size;) {
            size = names.size;
            for (const { uid, alias } of given) if (names.has(uid) || names.has(alias)) names.add(uid).add(alias);
          }
          return names;
        };
        for (const one of NAMES) {
          expect(sut.namesOf(sut.nameOf(one)).toSorted()).toEqual([...joined(one)].toSorted());
        }
      }),
    );
  });
});
