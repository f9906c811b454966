import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { RecordSplitter, type FileRecord } from './record-splitter.js';

const LIMIT = 1_000;

function split(content: string | Uint8Array, cuts: readonly number[] = [], limit = LIMIT) {
  const bytes = Buffer.from(content);
  const sut = new RecordSplitter(limit);
  const records: FileRecord[] = [];
  let from = 0;
  for (const cut of [...cuts, bytes.length]) {
    records.push(...sut.push(bytes.subarray(from, cut)));
    from = cut;
  }
  records.push(...sut.end());
  return { records, torn: sut.torn, texts: records.map(({ bytes: text }) => text && Buffer.from(text).toString()) };
}

const places = (records: readonly FileRecord[]) => records.map(({ line, byte }) => [line, byte]);

describe(RecordSplitter.name, () => {
  it('takes one record from each line', () => {
    const { records, texts } = split('{"a":1}\n\n  {"b":"x\\"}"}\r\n{"c":[{}]}');

    expect(texts).toEqual(['{"a":1}', '{"b":"x\\"}"}', '{"c":[{}]}']);
    expect(places(records)).toEqual([
      [1, 0],
      [3, 11],
      [4, 25],
    ]);
    expect(records.map(({ depth }) => depth)).toEqual([1, 1, 3]);
  });

  it('takes the elements of an array, in one line or over many', () => {
    expect(split('[{"a":1},{"b":2} , 3, "x"]').texts).toEqual(['{"a":1}', '{"b":2}', '3', '"x"']);
    const { records, texts, torn } = split('[\n  {\n    "a": 1\n  },\n  { "b": 2 }\n]\n');
    expect(texts).toEqual(['{\n    "a": 1\n  }', '{ "b": 2 }']);
    expect(places(records)).toEqual([
      [2, 4],
      [5, 24],
    ]);
    expect(torn).toBe(false);
  });

  it('takes the records out of their wrapping, which may hold more', () => {
    expect(split('{ "Records" : [ {"a":1}, {"b":[2]} ], "x": {"y":[1]} }').texts).toEqual(['{"a":1}', '{"b":[2]}']);
    expect(split('{"Records":[{"a":1}]}\n{"Records":[{"b":2}]}\n{"c":3}\n').texts).toEqual([
      '{"a":1}',
      '{"b":2}',
      '{"c":3}',
    ]);
    expect(split('{"Rec ords":[1]}').texts).toEqual(['{"Rec ords":[1]}']);
    expect(split('{"x":1,"Records":[1]}').texts).toEqual(['{"x":1,"Records":[1]}']);
  });

  it('takes documents that follow each other, pretty-printed or without a separator', () => {
    expect(split('{"a":1}{"b":2} {"c":3}').texts).toEqual(['{"a":1}', '{"b":2}', '{"c":3}']);
    const { records, texts } = split('{\n "a": 1\n}\n{\n "b": 2\n}\n');
    expect(texts).toEqual(['{\n "a": 1\n}', '{\n "b": 2\n}']);
    expect(places(records)).toEqual([
      [1, 0],
      [4, 12],
    ]);
  });

  it('begins after a byte order mark', () => {
    const { records, texts } = split('\uFEFF{"a":1}\n');

    expect(texts).toEqual(['{"a":1}']);
    expect(places(records)).toEqual([[1, 3]]);
  });

  it.each([
    ['within a string', '{"a":"x\n{"b":2}\n{"c":3}\n', ['{"a":"x', '{"b":2}', '{"c":3}']],
    ['after a value', '{"a":{"x":1\n{"b":2}\n{"c":3}\n', ['{"a":{"x":1', '{"b":2}', '{"c":3}']],
    ['after a comma', '{"a":1,\n{"b":2}\n{"c":3}\n', ['{"a":1,', '{"b":2}', '{"c":3}']],
    ['at its beginning', 'x","y":1}\n{"b":2}\n', ['x","y":1}', '{"b":2}']],
    ['after a colon', '{"a":1}\n{"b":{"x":\n{"c":3}\n', ['{"a":1}', '{"b":{"x":', '{"c":3}']],
    ['and is an array', '[{"a":1}]\n[{"b":2},\n[{"c":3}]\n', ['{"a":1}', '{"b":2}', '{"c":3}']],
    ['without a line break', '{"a":1}\n{"b":{"c":3}\n{"d":4}', ['{"a":1}', '{"b":{"c":3}', '{"d":4}']],
    ['by a wrong bracket', '{"a":1]}\n{"b":2}\n', ['{"a":1]}', '{"b":2}']],
    ['by what follows', '{"a":1}]\n{"b":2}\n', ['{"a":1}', ']', '{"b":2}']],
    ['in a pretty document', '{\n "a": 1\n{\n "b": 2\n}\n', ['{\n "a": 1', '{\n "b": 2\n}']],
    ['in a pretty array', '[\n{"a":"\n, {"b":2}\n]\n{"c":3}', ['{"a":"', '{"b":2}', '{"c":3}']],
  ])('hands a record damaged %s out and loses no other', (_place, content, expected) => {
    expect(split(content).texts).toEqual(expected);
  });

  it('says when an array or a wrapping ended before its bracket', () => {
    expect(split('[{"a":1},').torn).toBe(true);
    expect(split('{"Records":[{"a":1}]').torn).toBe(true);
    expect(split('[{"a":1},\n{"b":2}]\n').torn).toBe(false);
    expect(split('{"x":1}\n[{"a":1},\n{"b":2}\n')).toMatchObject({
      torn: true,
      texts: ['{"x":1}', '{"a":1}', '{"b":2}'],
    });
  });

  it('counts a record beyond the limit without keeping it', () => {
    const long = `{"a":"${'x'.repeat(100)}"}`;
    const { records } = split(`{"b":1}\n${long}\n{"c":2}\n`, [30, 60], 50);

    expect(records.map(({ bytes, length }) => [bytes !== undefined, length])).toEqual([
      [true, 7],
      [false, long.length],
      [true, 7],
    ]);
    expect(records[2]?.line).toBe(3);
  });

  it('gives the same records however the file is cut into chunks', () => {
    const piece = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      '"',
      '\\',
      ',',
      ':',
      '\n',
      ' ',
      '1',
      'é',
      '{"Records":[',
      '{"a":1}',
    );
    const file = fc.oneof(
      fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join('')),
      fc.array(fc.jsonValue(), { maxLength: 6 }).map((values) => JSON.stringify(values, undefined, 2)),
      fc
        .array(fc.jsonValue(), { maxLength: 6 })
        .map((values) => values.map((value) => JSON.stringify(value)).join('\n')),
    );
    fc.assert(
      fc.property(file, fc.array(fc.nat(200), { maxLength: 10 }), (content, cuts) => {
        const length = Buffer.byteLength(content);
        const sorted = cuts.filter((cut) => cut < length).sort((a, b) => a - b);
        expect(split(content, sorted)).toEqual(split(content));
      }),
      { numRuns: 500 },
    );
  });

  it('finds every object again where it says it stands, in any form of file', () => {
    const objects = fc.array(fc.dictionary(fc.string({ maxLength: 5 }), fc.jsonValue({ maxDepth: 3 })), {
      minLength: 1,
      maxLength: 8,
    });
    const forms: readonly ((values: readonly object[]) => string)[] = [
      (values) => values.map((value) => JSON.stringify(value)).join('\n'),
      (values) => values.map((value) => JSON.stringify(value)).join(''),
      (values) => values.map((value) => JSON.stringify(value, undefined, 2)).join('\n'),
      (values) => JSON.stringify(values),
      (values) => JSON.stringify(values, undefined, '\t'),
      (values) => JSON.stringify({ Records: values }),
      (values) => JSON.stringify({ Records: values }, undefined, 4),
    ];
    fc.assert(
      fc.property(objects, fc.constantFrom(...forms), (values, form) => {
        fc.pre(!values.some((value) => Object.keys(value)[0] === 'Records'));
        const content = Buffer.from(form(values));
        const { records } = split(content, [], 100_000);
        expect(records.map(({ bytes }) => JSON.parse(Buffer.from(bytes ?? []).toString()) as unknown)).toEqual(
          JSON.parse(JSON.stringify(values)),
        );
        for (const { bytes, byte, length, line } of records) {
          expect(content.subarray(byte, byte + length).equals(Buffer.from(bytes ?? []))).toBe(true);
          expect(content.subarray(0, byte).filter((value) => value === 0x0a)).toHaveLength(line - 1);
        }
      }),
    );
  });
});
