import { describe, expect, it } from '@jest/globals';
import { answered, HASH } from '../../test/support/vault-entries.js';
import { explain } from './explain.js';
import { VaultSource } from './vault/vault.source.js';

describe('explain', () => {
  it('shows what is kept, what is dropped and what is passed over', () => {
    const read = answered('read', 'secret/data/a', 'secret/ kv', { data: { data: { k: HASH }, metadata: {} } });
    const { records, ...about } = explain(new VaultSource(), [read, answered('read', 'sys/health', 'sys/ system'), 7]);
    expect(about).toEqual({ source: 'vault', mapping: 1 });
    expect(records).toMatchObject([
      {
        result: 'events',
        events: [{ action: 'secret.read' }],
        dropped: [{ path: 'auth.client_token' }, { path: 'request.client_token' }, { path: 'response.data', count: 2 }],
      },
      { result: 'ignored', reason: 'health_or_interface', events: [], dropped: [] },
      { result: 'rejected', reason: 'not_an_object', events: [], dropped: [] },
    ]);
  });
});
