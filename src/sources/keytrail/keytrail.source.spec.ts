import { describe, expect, it } from '@jest/globals';
import type { SourcedEvent } from '../../domain/sourced-event.js';
import { KeytrailSource } from './keytrail.source.js';

const source = new KeytrailSource();
const EVENT = {
  id: 'order-7/read',
  action: 'secret.read',
  outcome: 'success',
  occurredAt: '2026-03-02T08:15:30.5Z',
  instance: 'shop',
  environment: 'production',
  nativeAction: 'readConfig',
  actor: { kind: 'user', id: 'u-1', name: 'Maren', email: 'maren@example.org', roles: ['ops'] },
  client: { address: '198.51.100.7', userAgent: 'shop/1', sessionName: 's', credentialId: 'c', text: 'why' },
  secrets: [{ store: 'shop', scope: 'eu', path: 'db/password', version: '4', valueReturned: true }],
  purpose: 'support',
  origin: 'manual',
  correlation: { requestId: 'r-1', derivedFrom: ['d-1'] },
  details: { stage: 'requested', count: 2 },
};

function understood(record: unknown): SourcedEvent {
  const result = source.understand(record);
  if (result.kind !== 'events' || !result.events[0]) throw new Error(`not understood: ${JSON.stringify(result)}`);
  return result.events[0];
}

describe(KeytrailSource.name, () => {
  it('understands a canonical event whole', () => {
    const { id, actor, secrets, ...rest } = EVENT;
    expect(understood(EVENT)).toEqual({
      ...rest,
      key: id,
      nativeId: id,
      actor: { kind: 'user', person: 0, roles: actor.roles },
      people: [{ kind: 'user', nativeId: 'u-1', name: 'Maren', email: 'maren@example.org', authenticated: true }],
      secrets: [{ ...secrets[0], path: ['db/password'] }],
      redactions: [],
      flags: [],
    });
  });

  it('understands the least that makes an event', () => {
    expect(understood({ action: 'other', outcome: 'unknown', actor: { kind: 'unknown' } })).toEqual({
      action: 'other',
      outcome: 'unknown',
      actor: { kind: 'unknown' },
      people: [],
      client: {},
      secrets: [],
      redactions: [],
      flags: [],
    });
  });

  it('marks people in paths, on whose behalf, and claims', () => {
    const person = { id: 'p-2', name: 'Iben' };
    const event = understood({
      ...EVENT,
      actor: { kind: 'service', id: 'bot', authenticated: false, onBehalfOf: { id: 'u-9' } },
      secrets: [{ store: 'shop', path: ['people/', { person }, '/mail'] }],
    });
    expect(event.people).toEqual([
      { kind: 'service', nativeId: 'bot', authenticated: false },
      { kind: 'user', nativeId: 'u-9', authenticated: false },
      { kind: 'user', nativeId: 'p-2', name: 'Iben', authenticated: true },
    ]);
    expect(event.actor).toEqual({ kind: 'service', person: 0, onBehalfOf: 1 });
    expect(event.secrets[0]).toEqual({ store: 'shop', scope: '', path: ['people/', { person: 2 }, '/mail'] });
  });

  it.each<[string, unknown, string, string | undefined]>([
    ['nothing', null, 'not_an_object', undefined],
    ['a list', [EVENT], 'not_an_object', undefined],
    ['an unknown field', { ...EVENT, secretValue: 'x' }, 'unknown_field', undefined],
    ['an unknown field below', { ...EVENT, client: { cookie: 'x' } }, 'unknown_field', 'client'],
    ['an unknown detail', { ...EVENT, details: { value: 'x' } }, 'unknown_field', 'details'],
    [
      'a supersession, which is ours to make',
      { ...EVENT, correlation: { supersedes: 'x' } },
      'unknown_field',
      'correlation',
    ],
    ['no actor', { action: 'other', outcome: 'success' }, 'missing_field', 'actor'],
    ['no action', { outcome: 'success', actor: { kind: 'user' } }, 'missing_field', 'action'],
    [
      'no path in the second secret',
      { ...EVENT, secrets: [...EVENT.secrets, { store: 'shop' }] },
      'missing_field',
      'secrets[].path',
    ],
    ['a number for a piece', { ...EVENT, secrets: [{ store: 'shop', path: 7 }] }, 'wrong_type', 'secrets[].path'],
    ['an unknown action', { ...EVENT, action: 'secret.eat' }, 'unknown_action', 'action'],
    ['our own action', { ...EVENT, action: 'keytrail.queried' }, 'reserved_action', 'action'],
    ['an action of our trail', { ...EVENT, action: 'trail.anything' }, 'reserved_action', 'action'],
    ['an unknown outcome', { ...EVENT, outcome: 'maybe' }, 'wrong_type', 'outcome'],
    ['a number for a text', { ...EVENT, nativeAction: 7 }, 'wrong_type', 'nativeAction'],
    ['a long text', { ...EVENT, nativeAction: 'x'.repeat(129) }, 'too_long', 'nativeAction'],
    ['an instance with blanks', { ...EVENT, instance: 'a b' }, 'wrong_type', 'instance'],
  ])('rejects %s', (_, record, reason, field) => {
    expect(source.understand(record)).toEqual({ kind: 'rejected', reason, ...(field && { field }) });
  });

  it('takes one event or a list', () => {
    expect(source.unwrap([EVENT, EVENT])).toHaveLength(2);
    expect(source.unwrap(EVENT)).toEqual([EVENT]);
  });
});
