import { describe, expect, it } from '@jest/globals';
import { answered, HASH } from '../../../test/support/vault-entries.js';
import { buildSources } from '../../sources/sources.registry.js';
import { describeRecord } from './describe-record.js';
import { explainRecords } from './explain-records.js';
import { RecordSplitter } from './record-splitter.js';

function explained(kind: string, content: string) {
  const source = buildSources().get(kind);
  if (!source) throw new Error('no such source');
  const splitter = new RecordSplitter(100_000);
  const records = [...splitter.push(Buffer.from(content)), ...splitter.end()];
  return records.flatMap((record) => explainRecords(source, record, NOW));
}

const NOW = Date.parse('2024-01-15T12:00:00Z');

const ACCESS = {
  timestamp: '2024-01-15T10:30:00Z',
  event_type: 'secret_access',
  user_id: 'user_123',
  secret_name: 'stripe_api_key',
  action: 'read',
  ip_address: '192.0.2.1',
  success: true,
  payload: 'canary',
};

describe(explainRecords.name, () => {
  it('shows what is recorded and which rule drops the rest, never its content', () => {
    const lines = explained('generic-json', `\n${JSON.stringify(ACCESS)}`).flatMap(describeRecord);

    expect(lines).toEqual([
      'line 2, byte 1: 1 event',
      '  secret.read success, 2024-01-15T10:30:00Z',
      '    by user user_123, from 192.0.2.1',
      '    on generic-json: stripe_api_key',
      expect.stringContaining('  dropped: '),
    ]);
    expect(lines.join('\n')).not.toContain('canary');
  });

  it('shows credentials replaced as they would be stored, and which rules did it', () => {
    const token = ['hvs', 'CAESIJplantedplantedplanted'].join('.');
    const record = JSON.stringify({ ...ACCESS, user_agent: `tool ${token}`, secret_name: `keys/${token}` });
    const [explanation] = explained('generic-json', record);

    expect(explanation).toMatchObject({
      events: [
        {
          client: { userAgent: 'tool {redacted: vault-token}' },
          secrets: [{ path: ['keys/{redacted: vault-token}'] }],
        },
      ],
      redacted: { 'vault-token': 2 },
    });
    expect(explanation && describeRecord(explanation)).toContain('  redacted: vault-token (2)');
    expect(JSON.stringify(explanation)).not.toContain('planted');
  });

  it('shows what ingestion flags and cuts, and a time that cannot be read as none', () => {
    const record = { ...ACCESS, user_agent: 'x'.repeat(2_000), ip_address: 'a\u0000b' };
    const times = ['yesterday', '1999-01-01T00:00:00Z', '2024-01-16T00:00:00Z', '2024-01-15T10:30:00Z'];
    const events = times.flatMap((timestamp) =>
      explained('generic-json', JSON.stringify({ ...record, timestamp })).flatMap((one) => one.events),
    );

    expect(events.map(({ flags }) => flags)).toEqual([
      ['nul_replaced', 'time_missing', 'user_agent_cut'],
      ['nul_replaced', 'time_before_2000', 'user_agent_cut'],
      ['nul_replaced', 'time_future', 'user_agent_cut'],
      ['nul_replaced', 'user_agent_cut'],
    ]);
    expect(events[0]).not.toHaveProperty('occurredAt');
  });

  it('tells what is kept, what is dropped and what is passed over', () => {
    const read = answered('read', 'secret/data/a', 'secret/ kv', { data: { data: { k: HASH }, metadata: {} } });
    const lines = [read, answered('read', 'sys/health', 'sys/ system'), 7].map((one) => JSON.stringify(one)).join('\n');

    expect(explained('vault', lines)).toMatchObject([
      {
        result: 'events',
        events: [{ action: 'secret.read' }],
        dropped: [{ path: 'auth.client_token' }, { path: 'request.client_token' }, { path: 'response.data', count: 2 }],
      },
      { result: 'ignored', reason: 'health_or_interface', events: [], dropped: [] },
      { result: 'rejected', reason: 'not_an_object', events: [], dropped: [] },
    ]);
  });

  it('says which field a record lacks, by the name that the source knows it by', () => {
    const lines = explained('vault', '{"type":"response","request":["planted"]}\n{"planted":1}').flatMap(
      describeRecord,
    );

    expect(lines).toEqual([
      'line 1, byte 0: rejected (wrong_type: request)',
      'line 2, byte 42: rejected (missing_field: type)',
    ]);
  });

  it('goes on behind a number that no double holds', () => {
    expect(explained('generic-json', '{"event_type":1e999}\n{"event_type":1}').map(({ result }) => result)).toEqual([
      'rejected',
      'events',
    ]);
  });

  it('says why a record is not understood', () => {
    const deep = `${'['.repeat(70)}${']'.repeat(70)}`;

    expect(explained('vault', '{"a":x}\nx\n').map(({ reason }) => reason)).toEqual(['not_json', 'not_json']);
    expect(explained('vault', `[{"a":${deep}}]`)).toMatchObject([{ result: 'rejected', reason: 'too_deep' }]);
  });

  it('knows a record again however it is spelt', () => {
    const [one, other] = explained('generic-json', '{"a":1,"b":"x"}\n{ "b":"\\u0078", "a":1.0 }');

    expect(one?.digest).toBe(other?.digest);
  });
});
