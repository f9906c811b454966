import { describe, expect, it } from '@jest/globals';
import { deadLetter, type DeadLetterSource } from './dead-letter.js';
import { KeyedHash } from './keyed-hash.js';

const hash = new KeyedHash(Buffer.alloc(32, 1));
const FILE = { name: 'canary.log', firstLine: 10, firstByte: 500, repeated: [] };

function source(changes: Partial<DeadLetterSource> = {}): DeadLetterSource {
  return { kind: 'vault', instance: 'prod', requestId: 'r-1', wholeBody: false, ...changes };
}

function letter(from: DeadLetterSource, place = { item: 2, record: 2, line: 3, byteOffset: 40 }) {
  return deadLetter({ reason: 'not_json', place, evidence: '{"canary":' }, from, hash);
}

describe(deadLetter.name, () => {
  it.each([
    ['a request', source(), { requestId: 'r-1', item: 2 }],
    ['a file', source({ file: FILE }), { file: 0, line: 12, byteOffset: 540 }],
    [
      'a file of one JSON text',
      source({ file: FILE, wholeBody: true }),
      { file: 0, line: 12, byteOffset: 540, item: 2 },
    ],
    ['a file told in steps', source({ file: { ...FILE, steps: [[1, 20], [3, 90]] } }), { file: 0, line: 14, byteOffset: 610 }], // prettier-ignore
  ])('says where in %s the record lies', (_name, from, at) => {
    expect(letter(from)).toMatchObject({ at, reason: 'not_json', length: 10 });
  });

  it('tells apart the records that one line of a file wraps', () => {
    const wrapped = { item: 7, record: 2, wrapped: 1, line: 3, byteOffset: 40 };

    expect(letter(source({ file: FILE }), wrapped).at).toEqual({ file: 0, line: 12, byteOffset: 540, item: 1 });
  });

  it('counts steps from record to record, however many items a record wraps', () => {
    const stepped = source({ file: { ...FILE, steps: [[1, 20], [3, 90]] } }); // prettier-ignore
    const third = letter(stepped, { item: 7, record: 2, line: 3, byteOffset: 40 });

    expect(third.at).toEqual({ file: 0, line: 14, byteOffset: 610 });
  });

  it('has an id that follows from the record and its place', () => {
    const ids = [
      source(),
      source({ requestId: 'r-2' }),
      source({ instance: 'test' }),
      source({ file: FILE }),
      source({ file: { ...FILE, name: 'other' } }),
      source({ file: { ...FILE, firstLine: 11 } }),
    ].map((from) => letter(from).id);

    expect(new Set(ids).size).toBe(ids.length);
    expect(letter(source({ file: FILE, requestId: 'r-9' })).id).toBe(letter(source({ file: FILE })).id);
    expect(ids[0]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it('holds neither the record nor the file’s name', () => {
    expect(JSON.stringify(letter(source({ file: FILE })))).not.toContain('canary');
  });
});
