import { describe, expect, it } from '@jest/globals';
import type { SourcedEvent } from '../../domain/sourced-event.js';
import type { GenericFormat } from './generic-format.js';
import { GenericJsonSource } from './generic-json.source.js';

type Fields = Readonly<Record<string, unknown>>;

const ACCESS = {
  timestamp: '2024-01-15T10:30:00Z',
  event_type: 'secret_access',
  user_id: 'user_123',
  user_email: 'a@example.com',
  secret_name: 'stripe_api_key',
  environment: 'production',
  action: 'read',
  ip_address: '192.168.1.100',
  user_agent: 'AppStruct/1.0',
  success: true,
};

function understood(record: unknown, format?: GenericFormat): SourcedEvent {
  const result = new GenericJsonSource(format).understand(record);
  if (result.kind !== 'events' || !result.events[0]) throw new Error(`not understood: ${JSON.stringify(result)}`);
  return result.events[0];
}

describe(GenericJsonSource.name, () => {
  it("understands the users' own format as it is", () => {
    expect(understood(ACCESS)).toEqual({
      action: 'secret.read',
      outcome: 'success',
      occurredAt: '2024-01-15T10:30:00Z',
      environment: 'production',
      nativeAction: 'secret_access',
      actor: { kind: 'user', person: 0 },
      people: [{ kind: 'user', nativeId: 'user_123', email: 'a@example.com', authenticated: true }],
      client: { address: '192.168.1.100', userAgent: 'AppStruct/1.0' },
      secrets: [{ store: 'generic-json', scope: 'production', path: ['stripe_api_key'] }],
      redactions: [],
      flags: [],
    });
  });

  it.each<[Fields, Fields]>([
    [{ action: 'list' }, { action: 'secret.list' }],
    [{ action: 'export' }, { action: 'secret.export' }],
    [{ action: undefined }, { action: 'secret.read' }],
    [{ event_type: 'secret_change', action: 'add' }, { action: 'secret.create' }],
    [{ event_type: 'secret_change', action: 'modify' }, { action: 'secret.update' }],
    [{ event_type: 'secret_change', action: 'delete' }, { action: 'secret.delete' }],
    [{ event_type: 'SecretChange', action: 'Deleted' }, { action: 'secret.delete' }],
    [{ event_type: 'secret-change', action: undefined }, { action: 'secret.update' }],
    [{ event_type: 'secret.added', action: undefined }, { action: 'secret.create' }],
    [{ event_type: 'permission_change', action: 'grant' }, { action: 'access.grant' }],
    [{ event_type: 'permission_change', action: 'remove' }, { action: 'access.revoke' }],
    [{ event_type: 'permission_change', action: 'modify' }, { action: 'secret.policy_change' }],
    [
      { event_type: 'failed_attempt', success: false },
      { action: 'secret.read', outcome: 'failure' },
    ],
    [
      { event_type: 'failed_access', success: undefined },
      { action: 'secret.read', outcome: 'failure' },
    ],
    [
      { event_type: 'failed_attempt', action: 'delete', success: 'false' },
      { action: 'secret.delete', outcome: 'failure' },
    ],
    [
      { event_type: 'failed_attempt', action: 'login' },
      { action: 'auth.login', outcome: 'failure' },
    ],
    [
      { event_type: 'secret_rotation', action: 'rotate', rotation_type: 'automatic' },
      { action: 'secret.rotate', origin: 'automatic' },
    ],
    [
      { event_type: 'secret_rotation', action: 'rotate', rotation_type: 'manual' },
      { action: 'secret.rotate', origin: 'manual' },
    ],
    [
      { event_type: 'rotation', automatic: true },
      { action: 'secret.rotate', origin: 'automatic' },
    ],
    [
      { event_type: 'rotation', automatic: false },
      { action: 'secret.rotate', origin: 'manual' },
    ],
    [{ event_type: 'manual_rotation' }, { action: 'secret.rotate', origin: 'manual' }],
    [{ event_type: 'coffee_made' }, { action: 'other', flags: ['unknown_event_type'] }],
  ])('with %j gives %j', (fields, expected) => {
    expect(understood({ ...ACCESS, ...fields })).toMatchObject(expected);
  });

  it.each<[Fields, string, string | undefined]>([
    [{ success: false }, 'failure', undefined],
    [{ success: 'false', error: 'Permission denied' }, 'failure', 'denied'],
    [{ success: 0, status_code: 404 }, 'failure', 'not_found'],
    [{ success: false, error_code: 'RATE_LIMIT_EXCEEDED' }, 'failure', 'throttled'],
    [{ success: false, reason: 'the token has been expired since May' }, 'failure', 'expired'],
    [{ success: false, error: 'boom' }, 'failure', 'error'],
    [{ success: undefined, result: 'denied' }, 'failure', 'denied'],
    [{ success: undefined }, 'unknown', undefined],
    [{ success: 'perhaps' }, 'unknown', undefined],
  ])('ends with %j in %s: %s', (fields, outcome, reason) => {
    const event = understood({ ...ACCESS, ...fields });
    expect([event.outcome, event.reason]).toEqual([outcome, reason]);
  });

  it('keeps no text of an error', () => {
    const event = understood({ ...ACCESS, success: false, error: 'denied for planted-value' });
    expect(JSON.stringify(event)).not.toContain('planted');
  });

  it('flags a failed attempt that calls itself a success', () => {
    expect(understood({ ...ACCESS, event_type: 'failed_attempt' })).toMatchObject({
      outcome: 'failure',
      flags: ['contradictory_outcome'],
    });
  });

  it('creates no subject from a login that failed', () => {
    expect(understood({ ...ACCESS, event_type: 'failed_login', success: false }).people).toMatchObject([
      { nativeId: 'user_123', authenticated: false },
    ]);
  });

  it('drops what it does not know, and counts it', () => {
    const event = understood({
      ...ACCESS,
      old_value: 'planted-1',
      nested: { planted_key: 1 },
      user_agent: ['planted-2'],
    });
    expect(JSON.stringify(event)).not.toContain('planted');
    expect(event.redactions).toEqual([
      { path: '*', count: 2 },
      { path: 'user_agent.*', count: 1 },
    ]);
  });

  it.each<[unknown, string | undefined, readonly string[]]>([
    ['2024-01-15T10:30:00.123456+02:00', '2024-01-15T10:30:00.123456+02:00', []],
    ['2024-01-15 10:30:00', '2024-01-15T10:30:00Z', ['time_zone_assumed']],
    ['1705314600.123456789', '2024-01-15T10:30:00.123456789Z', []],
    [1_705_314_600, '2024-01-15T10:30:00.000Z', []],
    [1_705_314_600_123, '2024-01-15T10:30:00.123Z', []],
    ['yesterday', undefined, []],
    [{}, undefined, []],
  ])('reads the time %j', (timestamp, occurredAt, flags) => {
    const event = understood({ ...ACCESS, timestamp });
    expect([event.occurredAt, event.flags]).toEqual([occurredAt, flags]);
  });

  it.each<[unknown, string, string | undefined]>([
    [null, 'not_an_object', undefined],
    ['secret_access', 'not_an_object', undefined],
    [{}, 'missing_field', 'event_type'],
    [{ secret_name: 'x' }, 'missing_field', 'event_type'],
  ])('rejects %j', (record, reason, field) => {
    expect(new GenericJsonSource().understand(record)).toEqual({ kind: 'rejected', reason, ...(field && { field }) });
  });

  describe('with a format of the operator', () => {
    const format: GenericFormat = {
      kind: 'payroll',
      title: 'Payroll',
      mapping: 3,
      store: 'payroll-vault',
      fields: {
        occurredAt: 'meta.at',
        id: '/meta/uuid',
        actorId: ['who.login', 'who.service'],
        secret: '/object/a~1b',
        outcome: 'ok',
      },
      actions: [
        { when: { 'what.verb': ['open', 'peek'] }, action: 'secret.read' },
        { when: { 'what.verb': 'rotate', 'what.by': 'cron' }, action: 'secret.rotate', origin: 'automatic' },
      ],
      outcomes: { success: ['y'], failure: ['n'] },
      reasons: {},
      origins: {},
      defaults: { actorKind: 'workload', scope: 'eu' },
    };
    const record = {
      meta: { at: '2026-03-02T08:00:00Z', uuid: 'u-1', host: 'planted' },
      who: { service: 'batch' },
      what: { verb: 'Open' },
      object: { 'a/b': 'salaries' },
      ok: 'Y',
      extra: 'planted',
    };

    it('maps its fields', () => {
      expect(understood(record, format)).toEqual({
        action: 'secret.read',
        outcome: 'success',
        occurredAt: '2026-03-02T08:00:00Z',
        key: 'u-1',
        nativeId: 'u-1',
        actor: { kind: 'workload', person: 0 },
        people: [{ kind: 'workload', nativeId: 'batch', authenticated: true }],
        client: {},
        secrets: [{ store: 'payroll-vault', scope: 'eu', path: ['salaries'] }],
        redactions: [
          { path: '*', count: 1 },
          { path: 'meta.*', count: 1 },
        ],
        flags: [],
      });
    });

    it('wants all of a rule', () => {
      const rotate = (by: string): SourcedEvent => understood({ ...record, what: { verb: 'rotate', by } }, format);
      expect(rotate('cron')).toMatchObject({ action: 'secret.rotate', origin: 'automatic' });
      expect(rotate('hand')).toMatchObject({ action: 'other', flags: ['unknown_event_type'] });
    });

    it('is a source of its own', () => {
      const source = new GenericJsonSource(format);
      expect([source.kind, source.mapping, source.title]).toEqual(['payroll', 3, 'Payroll']);
    });
  });

  it('never follows a path into what objects inherit', () => {
    const format: GenericFormat = {
      kind: 'x',
      title: 'x',
      mapping: 1,
      fields: { secret: 'constructor.name', actorId: '__proto__.constructor.name' },
      actions: [{ when: {}, action: 'other' }],
      outcomes: {},
      reasons: {},
      origins: {},
      defaults: {},
    };
    expect(understood({ a: 1 }, format)).toMatchObject({ secrets: [], people: [], outcome: 'unknown' });
  });
});
