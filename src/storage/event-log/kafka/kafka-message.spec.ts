import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { record } from '../../../../test/contract/log-record.js';
import { fromKafkaMessage, toKafkaMessage, type MessageContents } from './kafka-message.js';

const bytes = fc.uint8Array({ maxLength: 200 });
const anyContents = fc.record({
  id: fc.constant(record('one').id),
  partitionHash: fc.integer({ min: 0, max: 0xffffffff }),
  entry: bytes,
  encrypted: bytes,
});

describe(toKafkaMessage.name, () => {
  it('keeps all there is to a record, whatever its bytes', () => {
    fc.assert(
      fc.property(anyContents, (contents: MessageContents) => {
        const { key, value, headers } = toKafkaMessage(contents);
        const message = { key, value: Buffer.from(value), headers };

        const found = fromKafkaMessage({ offset: 0, message });

        expect(found && { ...found, entry: new Uint8Array(found.entry) }).toEqual(contents);
      }),
    );
  });

  it('tells of an event what a CloudEvent must tell, by its specification', () => {
    const entry = Buffer.from(
      JSON.stringify({
        action: 'key.use',
        recordedAt: '2026-01-02T03:04:05Z',
        source: { instance: 'ü', kind: 'aws' },
        tenant: 't',
      }),
    );

    const headers = toKafkaMessage({ ...record('one'), entry }).headers.map(({ name, value }) => [name, text(value)]);

    expect(Object.fromEntries(headers)).toEqual({
      ce_specversion: '1.0',
      ce_id: record('one').id,
      ce_source: '/keytrail/t/aws/%C3%BC',
      ce_type: 'io.keytrail.key.use',
      ce_time: '2026-01-02T03:04:05Z',
      'content-type': 'application/json',
      keytrail_encrypted: 'encrypted one',
    });
  });

  it('shows nothing of an encrypted part anywhere else', () => {
    const { key, value, headers } = toKafkaMessage({ ...record('one'), encrypted: Buffer.from('canary') });

    const places = [key, value, ...headers.filter(({ name }) => name !== 'keytrail_encrypted').map((one) => one.value)];
    expect(places.map(text).join()).not.toContain('canary');
  });
});

describe(fromKafkaMessage.name, () => {
  const ours = toKafkaMessage(record('one'));
  const message = { key: ours.key, value: Buffer.from(ours.value), headers: ours.headers };
  const without = (name: string) => message.headers.filter((header) => header.name !== name);
  const specVersion = { name: 'ce_specversion', value: Buffer.from('0.3') };

  it.each([
    ['what can not be read', {}],
    ['no value', { message: { ...message, value: undefined } }],
    ['no key', { message: { ...message, key: undefined } }],
    ['a key that is no hash', { message: { ...message, key: Buffer.from('0000000G') } }],
    ['no id', { message: { ...message, headers: without('ce_id') } }],
    ['no encrypted part', { message: { ...message, headers: without('keytrail_encrypted') } }],
    ['a header twice', { message: { ...message, headers: [...message.headers, ...message.headers] } }],
    ['another version', { message: { ...message, headers: [...without('ce_specversion'), specVersion] } }],
  ])('takes %s for none of ours', (_, fetched) => {
    expect(fromKafkaMessage({ offset: 0, ...fetched })).toBeUndefined();
    expect(fromKafkaMessage({ offset: 0, message })).toBeDefined();
  });
});

function text(value: Uint8Array): string {
  return Buffer.from(value).toString();
}
