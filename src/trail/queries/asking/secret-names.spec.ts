import { afterEach, describe, expect, it } from '@jest/globals';
import { temporaryFolders } from '../../../../test/contract/temporary-folder.js';
import { anEntry, aSecret } from '../../../../test/support/an-event.js';
import { TrailLog } from '../../../../test/support/trail-log.js';
import { CALLER, questionsOf } from '../../../../test/support/trail-questions.js';
import type { Entry, EntrySecret } from '../../../domain/entry.js';
import { textMatch } from '../filtering/text-match.js';
import { ListEventsQuery } from '../list-events/list-events.query.js';
import { ListSecretsQuery } from '../list-secrets/list-secrets.query.js';
import { SecretNames } from './secret-names.js';

const folders = temporaryFolders();
const open: TrailLog[] = [];

afterEach(async () => {
  for (const trail of open.splice(0)) await trail.close();
});

const UID = 'vault:prod::kv/db';
const ALIAS = 'vault:prod::kv/db-Qw3rTy';
const byName = aSecret('kv/db');
const byAlias: EntrySecret = { uid: ALIAS, store: 'vault', path: 'kv/db-Qw3rTy' };
const asked = { filter: {}, saved: [], caller: CALLER };

let count = 0;
function entryOf(minute: number, ...secrets: readonly EntrySecret[]): Entry {
  count += 1;
  const source = { kind: 'vault', instance: 'prod', mapping: 1, nativeId: `n-${count}` };
  return anEntry({ source, secrets, occurredAt: `2026-11-22T10:${String(minute).padStart(2, '0')}:00Z` });
}

async function setup(...entries: readonly Entry[]) {
  const trail = new TrailLog(folders());
  open.push(trail);
  const add = async (...more: readonly Entry[]): Promise<void> => {
    await trail.append(...more);
    await trail.project();
  };
  await add(...entries);
  return { trail, add, questions: questionsOf(trail), sut: new SecretNames(trail.store) };
}

const provenPairs = (from: number, to: number): readonly EntrySecret[] =>
  Array.from({ length: to - from }, (_, n) => ({
    ...aSecret(`kv/${from + n}`),
    alias: `vault:prod::other/${from + n}`,
  }));

const at = (offset: number) => ({ epoch: 1, next: [offset] });
const called = (name: string) => (field: string) => textMatch(field, name);

describe(SecretNames.name, () => {
  it('knows no pair before it was proven', async () => {
    const { sut } = await setup(entryOf(0, byAlias), entryOf(1, { ...byName, alias: ALIAS }));

    expect(await sut.standIns(at(1))).toEqual(new Map());
    expect(await sut.otherNames(called('kv/db'), at(1))).toEqual([]);
    expect(await sut.standIns(at(2))).toEqual(new Map([[ALIAS, UID]]));
    expect(await sut.otherNames(called('kv/db'), at(2))).toEqual([UID, ALIAS]);
  });

  it('names nothing beside a pattern that finds every name by itself', async () => {
    const { sut } = await setup(entryOf(0, { ...byName, alias: ALIAS }, { ...aSecret('kv/a'), alias: `${ALIAS}-2` }));

    expect(await sut.otherNames(called('kv/*'), at(1))).toEqual([]);
    expect(await sut.otherNames(called('*kv/db'), at(1))).toEqual([UID, ALIAS]);
  });

  it('reads any number of pairs, page by page, and says so when they are too many for one question', async () => {
    const pages = [0, 1, 2, 3, 4, 5].map((page) => entryOf(page, ...provenPairs(page * 1_000, (page + 1) * 1_000)));
    const { sut } = await setup(...pages);

    expect((await sut.standIns(at(6))).size).toBe(6_000);
    expect(await sut.otherNames(called('vault:prod::kv/*'), at(4))).toHaveLength(8_000);
    await expect(sut.otherNames(called('vault:prod::kv/*'), at(6))).rejects.toMatchObject({
      code: 'TRAIL.INVALID_FILTER',
      facts: { errors: ['secret: more than 10000 other names; name the secrets more exactly'] },
    });
  });
});

describe('a list that was begun before a pair was proven', () => {
  it('goes on with the names known then: no secret is lost, doubled, or called otherwise', async () => {
    const { add, questions } = await setup(entryOf(0, aSecret('kv/a')), entryOf(1, byName), entryOf(2, byAlias));
    const list = (cursor?: string) =>
      questions.secrets.execute(new ListSecretsQuery(asked, { limit: 2, ...(cursor !== undefined && { cursor }) }));
    const first = await list();

    await add(entryOf(3, { ...byName, alias: ALIAS }));

    const second = await list(first.next);
    expect([...first.secrets, ...second.secrets].map(({ secret, events }) => [secret, events])).toEqual([
      ['vault:prod::kv/a', 1],
      [UID, 1],
      [ALIAS, 1],
    ]);
    expect((await list()).secrets.map(({ secret, events }) => [secret, events])).toEqual([
      ['vault:prod::kv/a', 1],
      [UID, 3],
    ]);
  });

  it('does the same for events', async () => {
    const { add, questions } = await setup(entryOf(0, byName), entryOf(1, byAlias), entryOf(2, byName));
    const minutesOf = async (limit: number, cursor?: string) => {
      const page = { limit, ...(cursor !== undefined && { cursor }) };
      const filter = { secret: ['kv/db'] };
      const { events, next } = await questions.events.execute(new ListEventsQuery({ ...asked, filter }, page));
      return { minutes: events.map(({ occurredAt = '' }) => occurredAt.slice(14, 16)), next };
    };
    const first = await minutesOf(1);

    await add(entryOf(3, { ...byName, alias: ALIAS }));

    expect(first.minutes).toEqual(['02']);
    expect(await minutesOf(10, first.next)).toEqual({ minutes: ['00'], next: undefined });
    expect((await minutesOf(10)).minutes).toEqual(['03', '02', '01', '00']);
  });
});

describe('a secret with several names', () => {
  it('counts an actor once, and an event once that calls it by both', async () => {
    const { questions } = await setup(entryOf(0, byAlias), entryOf(1, byName), entryOf(2, byName, byAlias), {
      ...entryOf(3, { ...byName, alias: ALIAS }),
    });

    const { secrets, secretsInAll } = await questions.secrets.execute(new ListSecretsQuery(asked, { limit: 10 }));

    expect(secrets).toEqual([
      { secret: UID, events: 4, actors: 1, first: '2026-11-22T10:00:00Z', last: '2026-11-22T10:03:00Z' },
    ]);
    expect(secretsInAll).toBe(1);
  });
});
