import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { secretsManager } from '../../../test/support/cloudtrail-records.js';
import { canonicalJson } from '../../domain/canonical-json.js';
import { readEntry } from '../../domain/entry.js';
import type { SubjectKey, SubjectRequest } from '../../privacy/subject-keys.port.js';
import { Source, type Understood } from '../../sources/source.port.js';
import { buildSources } from '../../sources/sources.registry.js';
import { DeliveryPreparer } from './delivery-preparer.js';
import type { DeliveryToPrepare } from './delivery-to-prepare.js';

/** Keys for whoever is asked for, made as needed. */
class SomeKeys {
  readonly asked: SubjectRequest[] = [];
  readonly #keys = new Map<string, SubjectKey>();

  resolve(requests: readonly SubjectRequest[]): Promise<readonly SubjectKey[]> {
    this.asked.push(...requests);
    return Promise.resolve(requests.map((request) => this.#keyOf(JSON.stringify(request), request)));
  }

  #keyOf(name: string, { of }: SubjectRequest): SubjectKey {
    const number = this.#keys.size;
    const made = { keyId: `key${number}`, key: randomBytes(32), ...(of === 'subject' && { subject: `sub_${number}` }) };
    const key = this.#keys.get(name) ?? made;
    this.#keys.set(name, key);
    return key;
  }
}

class ThrowingSource extends Source {
  override readonly kind = 'throwing';
  override readonly mapping = 1;
  override readonly title = 'for this spec';

  override unwrap(value: unknown): readonly unknown[] {
    return [value];
  }

  override understand(): Understood {
    throw new Error('canary');
  }
}

function setup() {
  const keys = new SomeKeys();
  const sources = new Map<string, Source>([...buildSources(), ['throwing', new ThrowingSource()]]);
  return { keys, sut: new DeliveryPreparer(sources, keys, Buffer.alloc(32, 7)) };
}

function delivery(kind: string, body: string | Uint8Array, more: Partial<DeliveryToPrepare> = {}): DeliveryToPrepare {
  return {
    kind,
    body: typeof body === 'string' ? Buffer.from(body) : body,
    format: 'json',
    place: { limits: {}, defaultEnvironment: 'default' },
    supersede: false,
    requestId: 'r-1',
    tenant: 'default',
    recordedAt: '2026-11-22T12:00:00.000Z',
    limits: { records: 5_000, bytes: 8_388_608 },
    ...more,
  };
}

const KINDS = ['generic-json', 'vault', 'aws-cloudtrail', 'keytrail'];
/** Keys that the sources look for, so that hostile values come where they are read. */
const KNOWN_KEYS = [
  'timestamp', 'event_type', 'action', 'user_id', 'user_email', 'secret_name', 'ip_address', 'user_agent', 'success', 'type',
  'time', 'auth', 'request', 'response', 'path', 'operation', 'id', 'error', 'entity_id', 'eventID', 'eventName', 'eventSource',
  'eventTime', 'userIdentity', 'arn', 'requestParameters', 'secretId', 'Records', 'detail', 'outcome', 'actor', 'secrets', 'people',
]; // prettier-ignore
const KNOWN_TEXTS = [
  'response', 'request', 'read', 'secret_access', 'GetSecretValue', 'secretsmanager.amazonaws.com', 'secret.read', 'success',
  '2026-11-22T10:00:00Z', 'kv/data/x', '\u0000', '\ud800', '__proto__', '=cmd()', '\u202e',
]; // prettier-ignore

const hostileJson = fc.letrec<{ value: unknown; object: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 6 },
    fc.constantFrom<unknown>(null, true, false, 0, -1, 1e308, ...KNOWN_TEXTS),
    fc.string({ unit: 'binary' }),
    fc.array(tie('value'), { maxLength: 3 }),
    tie('object'),
  ),
  object: fc.dictionary(fc.oneof(fc.constantFrom(...KNOWN_KEYS), fc.string()), tie('value'), {
    maxKeys: 8,
    noNullPrototype: true,
  }),
}));

describe(DeliveryPreparer.name, () => {
  it('makes of any JSON something: recorded, ignored or rejected', async () => {
    const { sut } = setup();
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...KINDS),
        fc.array(hostileJson.object, { minLength: 1 }),
        async (kind, records) => {
          const { items, unreadable } = await sut.prepare(delivery(kind, JSON.stringify(records)));

          expect(unreadable || items.length >= 1 || records.every(wrapsNothing)).toBe(true);
          for (const item of items)
            if (item.kind === 'events')
              for (const { entry } of item.events) {
                const text = Buffer.from(entry).toString('utf8');
                expect(canonicalJson(readEntry(entry))).toBe(text);
                expect(text.isWellFormed() && !text.includes('\0')).toBe(true);
              }
        },
      ),
      { numRuns: 300 },
    );
  });

  it('survives any bytes', async () => {
    const { sut } = setup();
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), fc.constantFrom('json', 'ndjson'), async (bytes, format) => {
        const { items } = await sut.prepare(delivery('vault', bytes, { format }));

        expect(items.every(({ kind }) => kind === 'rejected' || kind === 'ignored')).toBe(true);
      }),
    );
  });

  it('gives a record one id, whatever the order of its keys and its blanks', async () => {
    const { sut } = setup();
    const idsOf = async (body: string) => {
      const { items } = await sut.prepare(delivery('generic-json', body));
      return items.flatMap((item) => (item.kind === 'events' ? item.events.map(({ id }) => id) : []));
    };
    const record = fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.integer()), {
      maxKeys: 6,
      noNullPrototype: true,
    });
    await fc.assert(
      fc.asyncProperty(record, fc.nat({ max: 8 }), async (others, blanks) => {
        const entries = Object.entries({ event_type: 'secret_access', action: 'read', secret_name: 's', ...others });
        const [one, other] = [Object.fromEntries(entries), Object.fromEntries(entries.reverse())];

        expect(await idsOf(JSON.stringify([one], null, blanks))).toEqual(await idsOf(JSON.stringify([other])));
      }),
    );
  });

  it('lets a source that fails reject its record, and tells nothing of why', async () => {
    const { sut } = setup();
    const { items } = await sut.prepare(delivery('throwing', '[{"a":1}]'));

    expect(items).toMatchObject([{ kind: 'rejected', reason: 'source_failed' }]);
    expect(JSON.stringify(items)).not.toContain('canary');
  });

  it('asks for each key once', async () => {
    const { sut, keys } = setup();
    const event = (success: boolean, id: string) => ({
      event_type: 'secret_access',
      action: 'read',
      secret_name: 's',
      user_id: id,
      success,
      timestamp: '2026-05-01T00:00:00Z',
    });

    await sut.prepare(delivery('generic-json', JSON.stringify([event(true, 'a'), event(true, 'a'), event(true, 'b')])));

    expect(
      keys.asked.map((request) => (request.of === 'subject' ? [request.nativeId, request.quarter] : request.date)),
    ).toEqual([
      ['a', '2026-Q2'],
      ['b', '2026-Q2'],
    ]);
  });

  it('refuses more records than a request may hold, wherever they come from', async () => {
    const { sut } = setup();
    const limits = { records: 2, bytes: 1_000 };

    await expect(sut.prepare(delivery('vault', '[1,2,3]', { limits }))).rejects.toEqual(
      expect.objectContaining({ code: 'INGESTION.BATCH_TOO_LARGE', facts: { limits } }),
    );
  });

  it.each<[string, string, 'json' | 'ndjson', (one: string) => string]>([
    ['an array', 'generic-json', 'json', (one) => `[${Array<string>(121).fill(one).join(',')}]`],
    ['lines', 'generic-json', 'ndjson', (one) => `${one}\n`.repeat(121)],
    ['an array in the last line', 'generic-json', 'ndjson', (one) => `${`${one}\n`.repeat(119)}[${one},${one}]`],
    [
      'a wrapping in the last line',
      'aws-cloudtrail',
      'ndjson',
      (one) => `${`${one}\n`.repeat(119)}{"Records":[${one},${one}]}`,
    ],
  ])('makes no subject of a delivery that it refuses: too many in %s', async (_, kind, format, bodyOf) => {
    const { sut, keys } = setup();
    const record =
      kind === 'generic-json'
        ? JSON.stringify({ event_type: 'secret_access', action: 'read', secret_name: 's', user_id: 'a' })
        : JSON.stringify(secretsManager('GetSecretValue'));
    const limits = { records: 120, bytes: 1_000_000 };

    const refused = sut.prepare(delivery(kind, bodyOf(record), { limits, format }));
    await expect(refused).rejects.toMatchObject({ code: 'INGESTION.BATCH_TOO_LARGE' });
    expect(keys.asked).toEqual([]);

    const taken = await sut.prepare(delivery(kind, `${record}\n`.repeat(120), { limits, format: 'ndjson' }));
    expect(taken.items).toHaveLength(120);
    expect(keys.asked).not.toEqual([]);
  });
});

/** CloudTrail's wrapping of no record at all. */
function wrapsNothing(record: unknown): boolean {
  return (
    typeof record === 'object' &&
    record !== null &&
    'Records' in record &&
    Array.isArray(record.Records) &&
    record.Records.length === 0
  );
}
