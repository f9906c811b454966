import { describe, expect, it } from '@jest/globals';
import { type KeytrailError } from '../../domain/errors.js';
import { bodyFormat } from './body-format.js';
import { deliveryOf, type Arrival } from './delivery.js';
import { deliveryHeaders } from './delivery-headers.js';
import { recordedAnswer } from './recorded-answer.js';

describe(bodyFormat.name, () => {
  it.each([
    ['application/json', '{"a":1}', 'json'],
    ['application/json; charset=utf-8', '[{"a":1},\n{"a":2}]', 'json'],
    ['application/json', '{"a":1}\n{"a":2}\n', 'ndjson'],
    ['application/json', '{"a":1}\n\n', 'json'],
    ['application/json', '{\n  "a": 1\n}', 'json'],
    ['application/json', '\ufeff\n{"a":1}\r\n{"a":2}', 'ndjson'],
    ['application/x-ndjson', '{"a":1}', 'ndjson'],
    ['application/vnd.store+json', '{"a":1}', 'json'],
    [undefined, '{"a":1}\n{broken', 'ndjson'],
    ['application/x-www-form-urlencoded', '{"a":1}', 'json'],
    ['application/json', '', 'json'],
    // Its records begin with a separator that no JSON text may hold (RFC 7464).
    ['application/json-seq', '\x1e{"a":1}\n', undefined],
    ['application/xml', '<a/>', undefined],
    ['multipart/form-data; boundary=x', '', undefined],
  ])('takes %s with %j as %s', (type, text, format) => {
    expect(bodyFormat(type, Buffer.from(text))).toBe(format);
  });
});

describe(deliveryHeaders.name, () => {
  it('reads where records of a file lie', () => {
    expect(
      deliveryHeaders({
        'keytrail-file': 'audit%20%C3%A4.log',
        'keytrail-file-line': '17',
        'keytrail-file-byte': '4096',
        'keytrail-file-steps': '1:20,2:31',
        'keytrail-repeated': '3=1,5=2',
        'keytrail-too-long': '4=9000000',
        'keytrail-retries': '0b5f8e0e-6f0c-4c55-9a73-6f1f9a2d6c11',
      }),
    ).toEqual({
      file: {
        name: 'audit ä.log',
        firstLine: 17,
        firstByte: 4096,
        steps: [
          [1, 20],
          [2, 31],
        ],
        repeated: [
          [3, 1],
          [5, 2],
        ],
        tooLong: [[4, 9_000_000]],
        retries: ['0b5f8e0e-6f0c-4c55-9a73-6f1f9a2d6c11'],
      },
    });
    expect(deliveryHeaders({ 'keytrail-file': 'a' })).toEqual({
      file: { name: 'a', firstLine: 1, firstByte: 0, repeated: [] },
    });
    expect(deliveryHeaders({ 'idempotency-key': 'abc' })).toEqual({ idempotencyKey: 'abc' });
  });

  it('names every fault and no value', () => {
    const faulty = {
      'idempotency-key': 'canary'.repeat(100),
      'keytrail-file': '%zzcanary',
      'keytrail-file-line': '0',
      'keytrail-file-byte': 'canary',
      'keytrail-file-steps': '1=1',
      'keytrail-repeated': '1=2=3',
      'keytrail-too-long': '4',
      'keytrail-retries': 'a b',
    };
    let thrown: unknown;
    try {
      deliveryHeaders(faulty);
    } catch (error) {
      thrown = error;
    }

    expect((thrown as KeytrailError).facts['errors']).toHaveLength(8);
    expect(JSON.stringify((thrown as KeytrailError).facts)).not.toContain('canary');
  });

  it.each(['file-line', 'file-byte', 'file-steps', 'repeated', 'too-long', 'retries'])(
    'refuses keytrail-%s of no file, which would count for nothing',
    (name) => {
      expect(() => deliveryHeaders({ [`keytrail-${name}`]: '1' })).toThrow('The request is not valid');
      expect(deliveryHeaders({ [`keytrail-${name}`]: '' })).toEqual({});
    },
  );
});

describe(deliveryOf.name, () => {
  const arrival = (given: Partial<Arrival>): Arrival => ({
    kind: 'vault',
    body: { bytes: Buffer.from('{}') },
    headers: { 'content-type': 'application/json' },
    query: {},
    ...given,
  });

  it('says what to record', () => {
    const query = { instance: 'prod', environment: 'eu', supersede: 'true', reason: 'mapping fixed' } as const;

    expect(deliveryOf(arrival({ query }))).toEqual({
      form: 'native',
      kind: 'vault',
      body: Buffer.from('{}'),
      format: 'json',
      instance: 'prod',
      environment: 'eu',
      supersede: { reason: 'mapping fixed' },
    });
  });

  it.each([
    ['a reason alone', { query: { reason: 'x' } }, 'REQUEST.INVALID'],
    ['supersede alone', { query: { supersede: 'true' } }, 'REQUEST.INVALID'],
    ['another type', { headers: { 'content-type': 'text/html' } }, 'REQUEST.UNSUPPORTED_MEDIA_TYPE'],
  ] as const)('refuses %s', (_what, given, code) => {
    expect(() => deliveryOf(arrival(given))).toThrow(expect.objectContaining({ code }));
  });

  it('says that a body is broken gzip, whatever it looks like', () => {
    const body = { bytes: Buffer.from('{"a":1}\n{"b":2}'), broken: 'gzip' } as const;
    expect(deliveryOf(arrival({ body })).broken).toBe(true);
  });
});

describe(recordedAnswer.name, () => {
  const positions = [{ epoch: 1, partition: 0, offset: 7 }];
  const result = {
    asOf: { epoch: 1, next: [8] },
    items: [
      { status: 'recorded', ids: ['a'], positions },
      { status: 'rejected', reason: 'not_json', deadLetter: 'd' },
      { status: 'ignored', reason: 'unrelated' },
      { status: 'conflict', ids: ['b'], positions },
    ],
    read: 4,
    recorded: 1,
    conflicts: 1,
    ignored: 1,
    rejected: 1,
  } as const;

  it('numbers the items', () => {
    const answer = JSON.parse(recordedAnswer(result, false)) as { items: { item: number }[] };

    expect(answer).toMatchObject({ read: 4, recorded: 1, asOf: '1:0=8' });
    expect(answer.items.map(({ item }) => item)).toEqual([0, 1, 2, 3]);
  });

  it('can leave out what is fine', () => {
    const answer = JSON.parse(recordedAnswer(result, true)) as { items: { item: number; status: string }[] };

    expect(answer.items.map(({ item, status }) => [item, status])).toEqual([
      [1, 'rejected'],
      [3, 'conflict'],
    ]);
  });
});
