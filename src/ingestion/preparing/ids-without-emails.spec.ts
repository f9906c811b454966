import { describe, expect, it } from '@jest/globals';
import { exchangeKey } from '../../domain/event-id.js';
import type { SourcedEvent } from '../../domain/sourced-event.js';
import { withoutEmailsInIds } from './ids-without-emails.js';

const EVENT: SourcedEvent = {
  action: 'secret.read',
  outcome: 'success',
  actor: { kind: 'unknown' },
  people: [],
  client: {},
  secrets: [],
  redactions: [],
  flags: ['raw_audit_device'],
};
const hash = (id: string): string => `h${id.length}`;

describe(withoutEmailsInIds.name, () => {
  it.each([
    'dana@example.org',
    'evt-7/dana.o@mail.example.org/1',
    'mailto:dana%40example.org',
    'dana@example.xn--p1ai',
    'дана@пример.рф',
  ])('keeps %s as a keyed hash, wherever it stands', (id) => {
    const correlation = { requestId: id, sessionId: id, traceId: id, changeId: id, derivedFrom: [id, 'plain'] };
    const event = withoutEmailsInIds({ ...EVENT, nativeId: id, key: id, correlation }, hash);

    const kept = `keyed-hash:h${id.length}`;
    expect(event).toEqual({
      ...EVENT,
      nativeId: kept,
      key: kept,
      correlation: { requestId: kept, sessionId: kept, traceId: kept, changeId: kept, derivedFrom: [kept, 'plain'] },
      flags: ['raw_audit_device', 'email_in_id'],
    });
  });

  it.each(['7d4f', 'job@7', 'pkg@1.2.3', 'sha256:ab@12', 'a@b', '@example.org', 'arn:aws:kms:eu:1:key/x', ''])(
    'leaves %s as it is',
    (id) => {
      const event = { ...EVENT, nativeId: id, key: id, correlation: { requestId: id } };
      expect(withoutEmailsInIds(event, hash)).toBe(event);
    },
  );

  it('keeps the two events of an exchange together', () => {
    const id = 'dana@example.org';
    const { nativeId = '', key } = withoutEmailsInIds(
      { ...EVENT, nativeId: id, key: exchangeKey(id, 'response') },
      hash,
    );

    expect(key).toBe(exchangeKey(nativeId, 'response'));
    expect(key).not.toContain('@');
  });
});
