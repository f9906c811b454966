import { describe, expect, it } from '@jest/globals';
import type { Entry } from '../../domain/entry.js';
import { anEntry, aSecret } from '../../../test/support/an-event.js';
import { differsInClear, tellsTheSame } from './compare-entries.js';

const stored = anEntry();

describe(tellsTheSame.name, () => {
  it.each<[string, boolean, Partial<Entry>]>([
    ['nothing', true, {}],
    ['the time', true, { occurredAt: '2026-11-22T10:00:05Z', recordedAt: '2027-01-01T00:00:00Z' }],
    ['flags and digests', true, { flags: ['user_agent_cut'], digests: ['x'] }],
    ['the action', false, { action: 'secret.delete' }],
    ['the outcome', false, { outcome: 'failure' }],
    ['the subject', false, { actor: { kind: 'user', subject: 'sub_other' } }],
    ['the secret', false, { secrets: [aSecret('kv/other')] }],
    ['the secret’s version', false, { secrets: [{ ...aSecret('kv/app/db'), version: '2' }] }],
    ['the number of secrets', false, { secrets: [] }],
  ])('when %s differs: %s', (_what, same, changes) => {
    expect(tellsTheSame(stored, { ...stored, ...changes })).toBe(same);
  });
});

describe(differsInClear.name, () => {
  it.each<[string, boolean, Partial<Entry>]>([
    [
      'id, recording, digests, mapping',
      false,
      { id: 'x', recordedAt: 'x', digests: ['x'], source: { ...stored.source, mapping: 9 } },
    ],
    ['what it supersedes', false, { correlation: { supersedes: 'x' } }],
    ['a flag that hangs on the time of recording', false, { flags: ['time_future'] }],
    ['the environment', true, { environment: 'other' }],
    ['the time', true, { occurredAt: '2026-11-22T10:00:05Z' }],
    ['a flag', true, { flags: ['historical'] }],
    ['the native action', true, { source: { ...stored.source, nativeAction: 'x' } }],
    ['a correlation', true, { correlation: { requestId: 'x' } }],
  ])('when %s differ: %s', (_what, differs, changes) => {
    expect(differsInClear(stored, { ...stored, ...changes })).toBe(differs);
  });
});
