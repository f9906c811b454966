import { describe, expect, it } from '@jest/globals';
import { understoodByVault, type Fields } from '../../../test/support/vault-entries.js';

const enumeration = (tag: string, value: number): Fields => ({
  tag,
  type: 'Enumeration',
  value: `0x${value.toString(16).padStart(8, '0')}`,
});
const message = (tag: string, items: readonly (readonly Fields[])[]): Fields => ({
  tag,
  value: [
    { tag: 'RequestHeader', value: [{ tag: 'BatchCount', type: 'Integer', value: '0x00000001' }] },
    ...items.map((value) => ({ tag: 'BatchItem', value })),
  ],
});

interface Kmip {
  readonly operations: readonly number[];
  readonly results?: readonly (readonly [status: number, reason?: number])[];
  readonly certificate?: string;
  readonly address?: string;
}

function kmip({ operations, results, certificate, address = '192.0.2.10:36776' }: Kmip): Fields {
  const asked = operations.map((operation) => [
    enumeration('Operation', operation),
    { tag: 'RequestPayload', value: [{ tag: 'KeyMaterial', type: 'ByteString', value: 'planted' }] },
  ]);
  const told = results?.map(([status, reason], index) => [
    enumeration('Operation', operations[index] ?? 0),
    enumeration('ResultStatus', status),
    ...(reason === undefined ? [] : [enumeration('ResultReason', reason)]),
  ]);
  return {
    time: '2026-03-02T08:15:30.1Z',
    type: told ? 'kmip-response' : 'kmip-request',
    request: {
      ...(certificate && { client_certificate_serial_number: certificate }),
      data: { kmip_request: message('RequestMessage', asked) },
      namespace: { id: 'root' },
      remote_address: address,
    },
    ...(told && { response: { data: { kmip_response: message('ResponseMessage', told) } } }),
  };
}

describe('KMIP', () => {
  it.each([
    [0x0a, 'secret.read'],
    [0x01, 'secret.create'],
    [0x04, 'secret.rotate'],
    [0x08, 'secret.list'],
    [0x0b, 'secret.describe'],
    [0x14, 'secret.destroy'],
    [0x20, 'key.use'],
    [0x1e, 'other'],
  ])('operation %i is %s', (operation, action) => {
    expect(understoodByVault(kmip({ operations: [operation], results: [[0]] }))).toMatchObject({
      action,
      outcome: 'success',
      nativeAction: 'kmip-response',
      secrets: [],
    });
  });

  it.each<[readonly [number, number?], string, string | undefined]>([
    [[0], 'success', undefined],
    [[1, 0x0c], 'failure', 'denied'],
    [[1, 0x01], 'failure', 'not_found'],
    [[1, 0x03], 'failure', 'unauthenticated'],
    [[1, 0x100], 'failure', 'error'],
    [[3], 'failure', 'error'],
    [[2], 'unknown', undefined],
  ])('result %j is %s', (result, outcome, reason) => {
    const event = understoodByVault(kmip({ operations: [0x0a], results: [result] }));
    expect([event.outcome, event.reason]).toEqual([outcome, reason]);
  });

  it('knows no end of a request, and fails with one of its items', () => {
    expect(understoodByVault(kmip({ operations: [0x0a] }))).toMatchObject({ outcome: 'unknown' });
    expect(understoodByVault(kmip({ operations: [0x0a, 0x14], results: [[0], [1, 0x0c]] }))).toMatchObject({
      action: 'other',
      outcome: 'failure',
      reason: 'denied',
      details: { items: 2 },
    });
  });

  it.each([
    ['192.0.2.10:36776', '192.0.2.10'],
    ['[2001:db8::10]:36778', '2001:db8::10'],
    ['2001:db8::10', '2001:db8::10'],
    ['proxy.example', 'proxy.example'],
  ])('takes the port off %s', (address, expected) => {
    expect(understoodByVault(kmip({ operations: [0x0a], address })).client.address).toBe(expected);
  });

  it('knows the client by its certificate, else nobody', () => {
    expect(understoodByVault(kmip({ operations: [0x0a], certificate: '7931' })).people).toEqual([
      { kind: 'workload', nativeId: 'certificate:7931', authenticated: true },
    ]);
    expect(understoodByVault(kmip({ operations: [0x0a] }))).toMatchObject({ actor: { kind: 'unknown' }, people: [] });
  });

  it('keeps nothing of the message', () => {
    const event = understoodByVault(kmip({ operations: [0x0a], results: [[0]] }));
    expect(JSON.stringify(event)).not.toContain('planted');
    expect(event.redactions).toContainEqual({ path: 'request.data', count: 1 });
  });
});
