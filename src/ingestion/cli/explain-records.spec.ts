import { describe, expect, it } from '@jest/globals';
import { buildSources } from '../../sources/sources.registry.js';
import { describeRecord } from './describe-record.js';
import { explainRecords } from './explain-records.js';
import { RecordSplitter } from './record-splitter.js';

function explained(kind: string, content: string) {
  const source = buildSources().get(kind);
  if (!source) throw new Error('no such source');
  const splitter = new RecordSplitter(100_000);
  const records = [...splitter.push(Buffer.from(content)), ...splitter.end()];
  return records.flatMap((record) => explainRecords(source, record));
}

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

  it('says why a record is not understood', () => {
    const deep = `${'['.repeat(70)}${']'.repeat(70)}`;

    expect(explained('vault', '{"a":x}\nx\n').map(({ reason }) => reason)).toEqual(['not_json', 'not_json']);
    expect(explained('vault', `[${deep}]`)).toMatchObject([{ result: 'rejected', reason: 'too_deep' }]);
  });

  it('knows a record again however it is spelt', () => {
    const [one, other] = explained('generic-json', '{"a":1,"b":"x"}\n{ "b":"\\u0078", "a":1.0 }');

    expect(one?.digest).toBe(other?.digest);
  });
});
