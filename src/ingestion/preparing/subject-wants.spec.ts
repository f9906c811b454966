import { describe, expect, it } from '@jest/globals';
import type { Person, SourcedActor } from '../../domain/sourced-event.js';
import type { KeptEvent } from './kept-event.js';
import { SubjectWants } from './subject-wants.js';

const MAREN: Person = { kind: 'user', nativeId: 'maren', authenticated: true };

function kept(people: readonly Person[], actor: SourcedActor, keyTime = '2026-11-22T11:00:00Z'): KeptEvent {
  return {
    event: {
      action: 'secret.read',
      outcome: 'success',
      actor,
      people,
      client: {},
      secrets: [],
      redactions: [],
      flags: [],
    },
    place: { instance: 'prod', environment: 'live' },
    time: { day: 0, keyTime: Date.parse(keyTime), flags: [] },
    key: 'k',
    n: 0,
    nativeSha256: '',
  };
}

const day = (date: string) => ({ of: 'day', date });
const subject = (nativeId: string, quarter = '2026-Q4') => ({
  of: 'subject',
  kind: 'user',
  sourceKind: 'vault',
  instance: 'prod',
  nativeId,
  quarter,
});

describe(SubjectWants.name, () => {
  it('asks once for each person and quarter', () => {
    const sut = new SubjectWants('vault');
    const actor = { kind: 'user', person: 0 } as const;

    const first = sut.add(kept([MAREN], actor));
    const again = sut.add(kept([MAREN], actor));
    const later = sut.add(kept([MAREN], actor, '2027-01-01T00:00:00Z'));

    expect(sut.requests).toEqual([subject('maren'), subject('maren', '2027-Q1')]);
    expect([first, again, later].map(({ actor: index }) => index)).toEqual([0, 0, 1]);
  });

  it.each<[string, Partial<Person>]>([
    ['only claimed', { authenticated: false }],
    ['of nobody in particular', { kind: 'unknown' }],
    ['empty', { nativeId: '' }],
  ])('never asks for a subject for a name that is %s', (_case, change) => {
    const sut = new SubjectWants('vault');

    const keys = sut.add(kept([{ ...MAREN, ...change }], { kind: 'user', person: 0 }));

    expect(sut.requests).toEqual([day('2026-11-22')]);
    expect(keys).toEqual({ people: [0], actor: 0 });
  });

  it('puts the fields of an act without an actor under the day’s key', () => {
    const sut = new SubjectWants('vault');

    const keys = sut.add(kept([MAREN], { kind: 'unknown' }));

    expect(sut.requests).toEqual([subject('maren'), day('2026-11-22')]);
    expect(keys).toEqual({ people: [0], actor: 1 });
  });
});
