import { describe, expect, it } from '@jest/globals';
import { RECORD_LIMITS } from '../ingestion-limits.js';
import { RecordText } from '../../sources/source.port.js';
import type { NativeRecord } from './native-record.js';
import { splitBody } from './split-body.js';

/** A wrapping as CloudTrail's. */
function unwrap(value: unknown): readonly unknown[] {
  if (typeof value === 'object' && value !== null && 'Records' in value) {
    if (!Array.isArray(value.Records)) throw new TypeError('no list');
    return value.Records as unknown[];
  }
  return [value];
}

function split(body: string | Uint8Array, format: 'json' | 'ndjson' = 'json'): readonly NativeRecord[] {
  const bytes = typeof body === 'string' ? Buffer.from(body) : body;
  return [...splitBody({ bytes, format, unwrap })];
}

const canonicals = (records: readonly NativeRecord[]) =>
  records.map(({ content }) => ('fault' in content ? content.fault : content.canonical));

describe(splitBody.name, () => {
  it.each([
    ['one object', '{"b":1,"a":2}', ['{"a":2,"b":1}']],
    ['an array', '[{"a":1},{"a":2}]', ['{"a":1}', '{"a":2}']],
    ['the wrapping', '{"Records":[{"a":1},{"a":2}]}', ['{"a":1}', '{"a":2}']],
    ['an array of wrappings', '[{"Records":[{"a":1}]},{"a":2}]', ['{"a":1}', '{"a":2}']],
    ['a byte order mark', '\uFEFF{"a":1}', ['{"a":1}']],
    ['nothing in an array', '[]', []],
    ['nothing at all', '', ['not_json']],
    ['a text', '"a"', ['not_an_object']],
    ['null in an array', '[null,{"a":1},[]]', ['not_an_object', '{"a":1}', 'not_an_object']],
    ['a broken wrapping', '{"Records":1}', ['wrong_shape']],
  ])('finds the records of %s', (_name, body, expected) => {
    expect(canonicals(split(body))).toEqual(expected);
  });

  it('finds the lines of NDJSON, and where they lie in bytes', () => {
    const records = split('{"a":"é"}\n\r\n {"b":1} \r\nbad\n[{"c":1},{"d":1}]', 'ndjson');

    expect(canonicals(records)).toEqual(['{"a":"é"}', '{"b":1}', 'not_json', '{"c":1}', '{"d":1}']);
    expect(records.map(({ place }) => place.record)).toEqual([0, 1, 2, 3, 3]);
    expect(records.map(({ place }) => [place.item, place.line, place.byteOffset])).toEqual([
      [0, 1, 0],
      [1, 3, 13],
      [2, 4, 24],
      [3, 5, 28],
      [4, 5, 28],
    ]);
  });

  it('knows a record that is the whole body, and a body that is unreadable', () => {
    const facts = (body: string, format?: 'ndjson') =>
      split(body, format).map(({ alone, unreadableBody }) => [alone, unreadableBody]);

    expect(facts('{"a":1}')).toEqual([[true, false]]);
    expect(facts('[{"a":1}]')).toEqual([[false, false]]);
    expect(facts('{"Records":[{"a":1}]}')).toEqual([[false, false]]);
    expect(facts('{"a":1}', 'ndjson')).toEqual([[false, false]]);
    expect(facts('{')).toEqual([[true, true]]);
    expect(facts('{', 'ndjson')).toEqual([[false, false]]);
  });

  it('reads a record that is wrapped as text as carefully as one that is not', () => {
    const texts = [
      '{"a":1}',
      '{"b":1,"b":2}',
      `{"c":${'['.repeat(100)}${']'.repeat(100)}}`,
      'x',
      '7',
      '{"d":"\\u0000"}',
    ];
    const body = JSON.stringify({ texts: [...texts, '{"e":"\ud800"}', `{"f":"${'x'.repeat(RECORD_LIMITS.bytes)}"}`] });
    const unwrapTexts = (value: unknown) => (value as { texts: string[] }).texts.map((text) => new RecordText(text));
    const records = [...splitBody({ bytes: Buffer.from(`\n${body}\n`), format: 'ndjson', unwrap: unwrapTexts })];

    expect(canonicals(records)).toEqual([
      '{"a":1}',
      'duplicate_key',
      'too_deep',
      'not_json',
      'not_an_object',
      '{"d":"\uFFFD"}',
      '{"e":"\uFFFD"}',
      'too_long',
    ]);
    expect(records.map(({ place }) => [place.item, place.record, place.wrapped, place.line])).toEqual(
      records.map((_, index) => [index, 0, index, 2]),
    );
    expect(records.some(({ unreadableBody }) => unreadableBody)).toBe(false);
  });

  it.each(['json', 'ndjson'] as const)('reads nothing out of a broken %s body, whatever it looks like', (format) => {
    const bytes = Buffer.from('{"a":1}\n{"b":2}');
    const records = [...splitBody({ bytes, format, unwrap, broken: true })];

    expect(canonicals(records)).toEqual(['not_json']);
    expect(records[0]).toMatchObject({ unreadableBody: true, content: { evidence: bytes } });
  });

  it('rejects only the records with a doubled key or too deep', () => {
    const deep = '['.repeat(RECORD_LIMITS.depth) + ']'.repeat(RECORD_LIMITS.depth);

    expect(canonicals(split(`[{"a":1},{"b":{"c":1,"c":2}},{"d":${deep}},{"e":1}]`))).toEqual([
      '{"a":1}',
      'duplicate_key',
      'too_deep',
      '{"e":1}',
    ]);
  });

  it('rejects all where the wrapping itself is doubled: it may hide records', () => {
    const records = split('{"Records":[{"a":1}],"Records":[]}');

    expect(canonicals(records)).toEqual(['duplicate_key']);
    expect(records[0]?.unreadableBody).toBe(true);
  });

  it('rejects a line or record that is too long', () => {
    const long = JSON.stringify({ a: 'x'.repeat(RECORD_LIMITS.bytes) });

    expect(canonicals(split(`${long}\n{"a":1}`, 'ndjson'))).toEqual(['too_long', '{"a":1}']);
    expect(canonicals(split(`[${long},{"a":1}]`))).toEqual(['too_long', '{"a":1}']);
  });

  it.each([
    ['NUL', '{"a":"x\\u0000y"}', '{"a":"x\uFFFDy"}', ['nul_replaced']],
    ['a lone surrogate', '{"a":"\\ud800"}', '{"a":"\uFFFD"}', ['surrogate_replaced']],
    ['both, in keys', '{"\\u0000":{"\\udfff":1}}', '{"\uFFFD":{"\uFFFD":1}}', ['nul_replaced', 'surrogate_replaced']],
    ['a number without bounds', '{"a":1e999}', '{"a":null}', ['number_replaced']],
    ['an escaped pair', '{"a":"\\ud83d\\ude00"}', '{"a":"😀"}', []],
    ['an escaped escape', '{"a":"\\\\u0000"}', '{"a":"\\\\u0000"}', []],
  ])('replaces and flags %s', (_name, body, canonical, flags) => {
    const [record] = split(body);

    expect(record?.content).toMatchObject({ canonical, flags });
  });

  it('flags bytes that are no UTF-8, and only the records that have them', () => {
    const body = Buffer.concat([Buffer.from('{"a":"'), Buffer.of(0xff), Buffer.from('"}\n{"a":"é"}')]);

    expect(split(body, 'ndjson').map(({ content }) => 'flags' in content && content.flags)).toEqual([
      ['encoding_replaced'],
      [],
    ]);
  });

  it('rejects keys that become one when they are replaced', () => {
    expect(canonicals(split('{"a\\u0000":1,"a\\ud800":2}'))).toEqual(['duplicate_key']);
  });
});
