import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { RECORD_LIMITS } from '../ingestion-limits.js';
import { LocatingParser } from './locating-parser.js';
import { countMembers, readJson } from './read-json.js';
import { scanJson } from './scan-json.js';

function faultsOf(text: string): readonly (readonly [string, string])[] {
  const read = readJson(text);
  if ('fault' in read) return [['', read.fault]];
  return [...(read.faults ?? [])].map(([container, fault]) => [JSON.stringify(container), fault]);
}

describe(scanJson.name, () => {
  it('counts as many members as the value has, whatever stands in its texts', () => {
    fc.assert(
      fc.property(fc.json({ depthSize: 'medium' }), (text) => {
        expect(scanJson(text).members).toBe(countMembers(JSON.parse(text)));
      }),
    );
  });

  it.each([
    ['[]', 1, 2],
    ['{"a":[{"b":1}]}', 3, 4],
    ['"[[[{{{\\"[["', 0, 1],
    ['["\\\\",[1,2]]', 2, 5],
    ['"never ended', 0, 1],
  ])('finds depth and values of %s', (text, depth, values) => {
    expect(scanJson(text)).toMatchObject({ depth, values });
  });
});

describe(readJson.name, () => {
  it('reads what JSON.parse reads', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(readJson(text)).toEqual({ value: JSON.parse(text) as unknown, faults: undefined });
      }),
    );
  });

  it.each(['', '{', '{"a":}', '[1,]', "{'a':1}", 'nul', '1 2', '{"a":1}}', '\u0000', '{"a" 1}', '[1 2]'])(
    'says that %j is no JSON',
    (text) => {
      expect(readJson(text)).toEqual({ fault: 'not_json' });
    },
  );

  it.each([
    ['{"a":1,"a":2}', [['{"a":2}', 'duplicate_key']]],
    ['[{"a":1},{"b":1,"b":1}]', [['{"b":1}', 'duplicate_key']]],
    ['{"a":1,"\\u0061":2}', [['{"a":2}', 'duplicate_key']]],
    ['{"x":{"__proto__":1,"__proto__":2},"y":{}}', [['{"__proto__":2}', 'duplicate_key']]],
  ])('finds the objects with a doubled key in %s', (text, faults) => {
    expect(faultsOf(text)).toEqual(faults);
  });

  it('keeps __proto__ a key as any other', () => {
    const read = readJson('{"__proto__":{"admin":true},"a":1,"a":2}');

    expect(read).toMatchObject({ value: { a: 2 } });
    expect('value' in read && Object.keys(read.value as object)).toEqual(['__proto__', 'a']);
    expect('value' in read && Object.getPrototypeOf(read.value)).toBe(Object.prototype);
  });

  it('finds what is nested too deep without building it', () => {
    const deep = '['.repeat(100_000) + ']'.repeat(100_000);
    const read = readJson(`[{"fine":1},{"bad":${deep}}]`);

    expect('value' in read && (read.value as unknown[])[0]).toEqual({ fine: 1 });
    expect('faults' in read && [...(read.faults?.values() ?? [])]).toEqual(['too_deep']);
  });

  it('does not build more values than it may', () => {
    expect(readJson(`[${'[],'.repeat(RECORD_LIMITS.values / 2)}1]`)).toEqual({ fault: 'too_large' });
  });
});

describe(LocatingParser.name, () => {
  it('reads what JSON.parse reads', () => {
    fc.assert(
      fc.property(fc.json(), fc.constantFrom('', ' ', '\n\t'), (text, blanks) => {
        const sut = new LocatingParser(blanks + text + blanks, 1_000);

        expect(sut.parse()).toEqual(JSON.parse(text));
        expect(sut.faults.size).toBe(0);
      }),
    );
  });

  it('refuses what JSON.parse refuses', () => {
    fc.assert(
      fc.property(fc.json(), fc.nat(), fc.string({ maxLength: 2 }), (text, at, noise) => {
        const broken = text.slice(0, at % (text.length + 1)) + noise + text.slice((at % (text.length + 1)) + 1);
        let expected: unknown;
        try {
          expected = JSON.parse(broken);
        } catch {
          expected = undefined;
        }

        expect(new LocatingParser(broken, 1_000).parse()).toEqual(expected);
      }),
    );
  });
});
