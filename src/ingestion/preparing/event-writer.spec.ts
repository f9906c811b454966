import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { canonicalJson } from '../../domain/canonical-json.js';
import { decryptDisclosures } from '../../domain/disclosure-cipher.js';
import { decodeDisclosure, disclosureDigest, type EncryptedPart } from '../../domain/encrypted-part.js';
import { ENTRY_LIMIT, readEntry, type Entry } from '../../domain/entry.js';
import { partitionHash } from '../../domain/partition-hash.js';
import type { SourcedEvent, SourcedSecret } from '../../domain/sourced-event.js';
import type { SubjectKey } from '../../privacy/subject-keys.port.js';
import { ByteSink } from './byte-sink.js';
import { EventWriter } from './event-writer.js';
import type { KeptEvent } from './kept-event.js';
import { KeyedHash } from './keyed-hash.js';
import { RandomPool } from './random-pool.js';

const key = (keyId: string, subject?: string): SubjectKey => ({
  keyId,
  key: randomBytes(32),
  ...(subject && { subject }),
});
const MAREN = key('sub_maren.2026-Q4', 'sub_maren');
const JONAS = key('sub_jonas.2026-Q4', 'sub_jonas');
const DAY = key('day.2026-11-22');

const context = {
  tenant: 'default',
  kind: 'vault',
  mapping: 3,
  recordedAt: '2026-11-22T12:00:00.000Z',
  keyedHash: new KeyedHash(randomBytes(32)),
  supersede: false,
};

function secret(path: SourcedSecret['path']): SourcedSecret {
  return { store: 'vault', scope: 'ns', path };
}

function kept(changes: Partial<SourcedEvent> = {}): KeptEvent {
  return {
    event: {
      action: 'secret.read',
      outcome: 'success',
      actor: { kind: 'user', person: 0 },
      people: [{ kind: 'user', nativeId: 'maren', name: 'Maren', authenticated: true }],
      client: { address: '198.51.100.7', userAgent: 'agent' },
      secrets: [secret(['kv/app'])],
      redactions: [],
      flags: [],
      ...changes,
    },
    place: { instance: 'prod', environment: 'live' },
    time: { occurredAt: '2026-11-22T11:00:00Z', day: 20_779, keyTime: 0, flags: [] },
    key: 'native-1',
    n: 0,
    nativeSha256: 'ab'.repeat(32),
  };
}

function write(event: KeptEvent, people: readonly SubjectKey[] = [MAREN], actor = people[0] ?? DAY, more = {}) {
  const sink = new ByteSink(16);
  const written = new EventWriter({ ...context, ...more }, new RandomPool(), sink).write(event, { people, actor });
  const bytes = sink.bytes();
  return written.map((record) => {
    const text = Buffer.from(bytes.subarray(...record.entry)).toString('utf8');
    const part = JSON.parse(Buffer.from(bytes.subarray(...record.encrypted)).toString('utf8')) as EncryptedPart;
    const { superseding } = record;
    const stored = readEntry(bytes.subarray(...record.entry));
    const supersedingStored = superseding && readEntry(bytes.subarray(...superseding.entry));
    return { ...record, text, part, stored, supersedingStored };
  });
}

function opened(entry: Entry, part: EncryptedPart, who: SubjectKey): readonly string[] {
  const item = part.find(({ keyId }) => keyId === who.keyId);
  const encoded = (item && decryptDisclosures(item, { eventId: entry.id, key: who.key })) ?? [];
  for (const text of encoded) expect(entry.digests).toContain(disclosureDigest(text));
  return encoded.map(decodeDisclosure).map(([, name, value]) => `${name}=${value}`);
}

describe(EventWriter.name, () => {
  it('writes the entry in canonical form, personal fields apart under the actor’s key', () => {
    const [written] = write(kept());

    expect(written?.text).toBe(canonicalJson(written?.stored));
    expect(written?.text).not.toMatch(/Maren|198\.51|agent/);
    expect(written?.stored).toMatchObject({
      actor: { kind: 'user', subject: 'sub_maren' },
      secrets: [{ uid: 'vault:prod:ns:kv/app', store: 'vault', path: 'kv/app' }],
    });
    expect(written && opened(written.stored, written.part, MAREN)).toEqual([
      'address=198.51.100.7',
      'userAgent=agent',
      `native.sha256=${'ab'.repeat(32)}`,
      'actor.nativeId=maren',
      'actor.name=Maren',
    ]);
    expect(written?.stored.digests).toEqual([...(written?.stored.digests ?? [])].sort());
  });

  it('puts each person under their own key, in paths their subject', () => {
    const event = kept({
      actor: { kind: 'user', person: 0, onBehalfOf: 1 },
      people: [
        { kind: 'user', nativeId: 'maren', authenticated: true },
        { kind: 'user', nativeId: 'jonas', authenticated: true },
      ],
      secrets: [secret(['auth/users/', { person: 1 }])],
    });
    const [written] = write(event, [MAREN, JONAS]);

    expect(written?.stored.secrets?.[0]).toMatchObject({
      path: 'auth/users/sub_jonas',
      uid: 'vault:prod:ns:auth/users/sub_jonas',
    });
    expect(written?.stored.actor).toEqual({ kind: 'user', subject: 'sub_maren', onBehalfOf: 'sub_jonas' });
    expect(written?.partitionHash).toBe(partitionHash('vault:prod:ns:auth/users/{person}'));
    expect(written && opened(written.stored, written.part, JONAS)).toEqual([
      'onBehalfOf.nativeId=jonas',
      'person.nativeId=jonas',
    ]);
  });

  it('gives no subject to a claimed name, and keeps it under the day’s key', () => {
    const event = kept({
      people: [{ kind: 'user', nativeId: 'claimed', authenticated: false }],
      secrets: [secret(['login/', { person: 0 }])],
    });
    const [written] = write(event, [DAY], DAY);

    expect(written?.stored.actor).toEqual({ kind: 'user' });
    expect(written?.stored.secrets?.[0]?.path).toBe('login/{person}');
    expect(written && opened(written.stored, written.part, DAY)).toEqual(
      expect.arrayContaining(['actor.nativeId=claimed', 'person.nativeId=claimed']),
    );
  });

  it('takes the partition from the record alone', () => {
    const nameless = kept({ secrets: [] });
    const nobody = kept({ secrets: [], people: [], actor: { kind: 'unknown' } });

    expect(write(nameless, [MAREN])[0]?.partitionHash).toBe(write(nameless, [JONAS])[0]?.partitionHash);
    expect(write(nobody, [], DAY)[0]?.partitionHash).toBe(partitionHash('vault:prod'));
  });

  it('continues in further entries what does not fit in one', () => {
    const secrets = Array.from({ length: 2_000 }, (_, index) => secret([`kv/${'é'.repeat(30)}/${index}`]));
    const parts = write({ ...kept({ secrets }), n: 2 });

    expect(parts.map(({ stored }) => stored.part)).toEqual(parts.map((_, index) => [index + 1, parts.length]));
    expect(parts.map(({ n }) => n)).toEqual(parts.map((_, index) => 2 + index * 1_048_576));
    expect(new Set(parts.map(({ id }) => id)).size).toBe(parts.length);
    expect(parts.flatMap(({ stored }) => stored.secrets ?? [])).toHaveLength(2_000);
    for (const { text, stored, part } of parts) {
      expect(Buffer.byteLength(text)).toBeLessThanOrEqual(ENTRY_LIMIT);
      expect(opened(stored, part, MAREN)).toHaveLength(5);
    }
  });

  it('discloses in each part the people whom its own secrets name, each part within its limit', () => {
    const people = Array.from({ length: 1_000 }, (_, index) => ({
      kind: 'user' as const,
      nativeId: `user-${index}`,
      name: `Name ${index}`,
      email: `user-${index}@example.com`,
      authenticated: true,
    }));
    const keys = people.map((_, index) => key(`sub_${index}.2026-Q4`, `sub_${index}`));
    const secrets = people.map((_, index) => secret(['users/', { person: index }]));
    const parts = write(kept({ people, secrets }), keys);

    expect(parts.length).toBeGreaterThan(2);
    for (const { text, stored, part } of parts) {
      expect(Buffer.byteLength(text)).toBeLessThanOrEqual(ENTRY_LIMIT);
      const named = (stored.secrets ?? []).map(({ path }) => path.slice('users/sub_'.length));
      // The actor's own fields stand in every part.
      expect(part.map(({ keyId }) => keyId).sort()).toEqual(
        [...new Set(['0', ...named])].map((index) => `sub_${index}.2026-Q4`).sort(),
      );
      expect(opened(stored, part, keys[Number(named[0])] ?? DAY)).toContain(`person.nativeId=user-${named[0] ?? ''}`);
    }
    expect(parts.flatMap(({ stored }) => stored.secrets ?? [])).toHaveLength(1_000);
  });

  it('says what it corrects even where it is too long for anything else', () => {
    const texts = Array.from({ length: 40 }, () => '\u0001'.repeat(1_000));
    const event = kept({
      secrets: texts.map((text) => secret([text])),
      correlation: { derivedFrom: texts.slice(0, 16) },
    });
    const [written] = write(event, [MAREN], MAREN, { supersede: true });

    expect(written?.stored.flags).toContain('entry_cut');
    expect(written?.supersedingStored?.correlation).toEqual({ supersedes: written?.id });
  });

  it('keeps any entry within its limit, whatever stands in it', () => {
    const hostile = fc.string({
      unit: fc.constantFrom('\u0001', '"', '\\', '😀', 'x'),
      minLength: 900,
      maxLength: 1_000,
    });
    fc.assert(
      fc.property(fc.array(hostile, { maxLength: 40 }), (texts) => {
        const derivedFrom = texts.slice(0, 16);
        const details = Object.fromEntries(texts.map((text, index) => [`k${index}`, text.slice(0, 200)]));
        const parts = write(
          kept({
            secrets: texts.map((text) => secret([text])),
            correlation: { derivedFrom },
            details,
            actor: { kind: 'user', roles: texts },
          }),
        );

        for (const { text, stored } of parts) {
          expect(Buffer.byteLength(text)).toBeLessThanOrEqual(ENTRY_LIMIT);
          expect(canonicalJson(stored)).toBe(text);
        }
      }),
      { numRuns: 20 },
    );
  });

  it('cuts a long path where it is shown, and tells it apart by its uid', () => {
    const writtenWith = (end: string) => write(kept({ secrets: [secret([`${'x'.repeat(2_000)}${end}`])] }))[0]?.stored;
    const [one, other] = [writtenWith('a'), writtenWith('b')].map((stored) => stored?.secrets?.[0]);

    expect(one?.path).toHaveLength(1_024);
    expect(writtenWith('a')?.flags).toEqual(['path_cut']);
    expect(one?.uid).not.toBe(other?.uid);
  });

  it('writes a correction beside the event, under an id of its own', () => {
    const [plain] = write(kept());
    const [written] = write(kept(), [MAREN], MAREN, { supersede: true });

    expect(written?.id).toBe(plain?.id);
    expect(written?.superseding?.id).not.toBe(plain?.id);
  });
});
