import { describe, expect, it } from '@jest/globals';
import { identifyingTerms, joinFilter, splitFilter } from './personal-filter.js';
import type { TrailFilter } from './trail-filter.js';

const subject = 'sub_0123456789abcdefghij';

const filter: TrailFilter = {
  from: '2026-11-01T00:00:00Z',
  actor: [subject, 'ann@example.com'],
  address: ['10.0.0.0/8'],
  action: ['secret.read'],
  secret: ['*ann*', 'kv/app/db'],
  source: ['vault'],
  instance: ['ann@example.com'],
  requestId: ['of ann'],
  not: { text: ['ann'], outcome: ['success'], to: '2026-11-02T00:00:00Z' },
  own: true,
};

describe('identifyingTerms', () => {
  it('names the terms by which one could find out who somebody is', () => {
    expect(identifyingTerms(filter)).toEqual(['actor', 'address', 'not.text']);
  });

  it('lets subjects, secrets and outcomes be asked for by everyone', () => {
    expect(identifyingTerms({ actor: [subject], secret: ['a*'], outcome: ['failure'] })).toEqual([]);
  });
});

describe('splitFilter', () => {
  it('keeps in clear only what is nobody’s name', () => {
    const { open, personal } = splitFilter(filter, (secret) => secret === 'kv/app/db');

    expect(JSON.stringify(open)).not.toContain('ann');
    expect(open).toEqual({
      from: '2026-11-01T00:00:00Z',
      actor: [subject],
      action: ['secret.read'],
      secret: ['kv/app/db'],
      source: ['vault'],
      not: { outcome: ['success'], to: '2026-11-02T00:00:00Z' },
      own: true,
    });
    expect(personal).toMatchObject({ actor: ['ann@example.com'], secret: ['*ann*'], not: { text: ['ann'] } });
  });

  it('is undone by joinFilter', () => {
    expect(joinFilter(splitFilter(filter, () => false))).toEqual({
      ...filter,
      actor: [...(filter.actor ?? [])].sort(),
    });
  });

  it('says when nothing is personal', () => {
    expect(splitFilter({ action: ['secret.read'] }, () => true)).toEqual({ open: { action: ['secret.read'] } });
  });
});
