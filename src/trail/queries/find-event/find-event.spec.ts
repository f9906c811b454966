import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { temporaryFolders } from '../../../../test/contract/temporary-folder.js';
import { anEntry, anExchangeEntry } from '../../../../test/support/an-event.js';
import { TrailLog } from '../../../../test/support/trail-log.js';
import { CALLER, questionsOf } from '../../../../test/support/trail-questions.js';
import type { Entry } from '../../../domain/entry.js';
import { eventId } from '../../../domain/event-id.js';
import { DoublesCheck } from '../../doubles.check.js';
import { CoverageQuery } from '../coverage/coverage.query.js';
import { FindEventQuery } from './find-event.query.js';

const folders = temporaryFolders();
let trail: TrailLog;

beforeEach(() => {
  trail = new TrailLog(folders());
});

afterEach(() => trail.close());

async function show(...entries: readonly Entry[]): Promise<void> {
  await trail.append(...entries);
  await trail.project();
}

async function find(id: string) {
  const { event, asked, doubles = [] } = await questionsOf(trail).find.execute(new FindEventQuery(id, CALLER));
  return {
    shown: event.id,
    offset: event.position.offset,
    asked,
    doubles: doubles.map(({ position }) => position.offset),
  };
}

function corrected(entry: Entry, mapping: number, changes: Partial<Entry> = {}): Entry {
  const { kind, instance } = entry.source;
  return {
    ...entry,
    id: eventId({ tenant: 'default', kind, instance, key: entry.id, n: 0, supersedingMapping: mapping }),
    source: { ...entry.source, mapping },
    correlation: { supersedes: entry.id },
    ...changes,
  };
}

const became = (what: string, id: string, by: string) => ({ id, became: what, by });

describe('an event asked for by its id', () => {
  it('is itself, and nothing more is said', async () => {
    const entry = anEntry();
    await show(entry);

    expect(await find(entry.id)).toEqual({ shown: entry.id, offset: 0, asked: undefined, doubles: [] });
    expect((await new DoublesCheck(trail.store).run())[0]).toMatchObject({ state: 'good' });
  });

  it('is found by the id of the original and of each of its corrections', async () => {
    const entry = anEntry();
    const [second, third, fourth] = [2, 3, 4].map((mapping) => corrected(entry, mapping)) as [Entry, Entry, Entry];
    await show(entry, second, third, fourth);

    for (const { id } of [entry, second, third])
      expect(await find(id)).toMatchObject({ shown: fourth.id, asked: became('superseded', id, fourth.id) });
    expect(await find(fourth.id)).toMatchObject({ shown: fourth.id, asked: undefined });
  });

  it('is the answer where a request was asked for, or what corrects it', async () => {
    const [request, response] = [anExchangeEntry('r', 'request'), anExchangeEntry('r', 'response')];
    const [early, late] = [corrected(request, 2), corrected(response, 3)];
    await show(request, early, response);
    expect(await find(request.id)).toMatchObject({ asked: became('answered', request.id, response.id) });

    await show(late);

    for (const { id } of [early, response])
      expect(await find(id)).toMatchObject({ shown: late.id, asked: became('superseded', id, late.id) });
  });

  it('says that it was withdrawn', async () => {
    const entry = anEntry();
    const { secrets: _secrets, ...gone } = corrected(entry, 2, { action: 'trail.event_withdrawn' });
    await show(entry, gone);

    expect(await find(entry.id)).toMatchObject({ asked: became('withdrawn', entry.id, gone.id) });
  });

  it('shows the first of two events under one id, and tells of the second, also once the first was corrected', async () => {
    const entry = anEntry({ occurredAt: '2026-11-20T10:00:00Z' });
    const double = { ...entry, occurredAt: '2026-11-22T10:00:00Z', action: 'secret.delete' };
    await show(entry, double);
    expect(await find(entry.id)).toEqual({ shown: entry.id, offset: 0, asked: undefined, doubles: [1] });

    const correction = corrected(entry, 2);
    await show(correction);

    for (const { id } of [entry, correction])
      expect(await find(id)).toMatchObject({ shown: correction.id, doubles: [1] });
    const { sources, doubles, notSeen } = await questionsOf(trail).coverage.execute(new CoverageQuery({}, CALLER));
    expect(sources).toMatchObject([{ doubles: 1 }]);
    expect(doubles).toMatchObject([{ id: entry.id, position: { offset: 1 }, shown: { offset: 2 } }]);
    expect(notSeen.join(' ')).toContain('1 event came under an id that another act had before');
    expect(await new DoublesCheck(trail.store).run()).toMatchObject([{ state: 'warning', facts: { doubles: 1 } }]);
  });

  it('is not there while only its request is, which nothing has answered or superseded', async () => {
    const [request, response] = [anExchangeEntry('r', 'request'), anExchangeEntry('r', 'response')];
    await show(request);

    await expect(find(response.id)).rejects.toMatchObject({ code: 'TRAIL.EVENT_NOT_FOUND' });
    expect(await find(request.id)).toMatchObject({ shown: request.id, asked: undefined });
  });

  it('lets no later response under the same id take the place of the first', async () => {
    const response = anExchangeEntry('r', 'response', { occurredAt: '2026-11-20T10:00:00Z' });
    await show(response, { ...response, occurredAt: '2026-11-22T10:00:00Z', outcome: 'failure' });

    expect(await find(response.id)).toMatchObject({ offset: 0, doubles: [1] });
  });

  it('is the same after the views are built anew', async () => {
    const entry = anEntry({ occurredAt: '2026-11-20T10:00:00Z' });
    await show(entry, { ...entry, occurredAt: '2026-11-22T10:00:00Z' }, corrected(entry, 2), corrected(entry, 3));
    const before = await find(entry.id);
    const consumer = trail.consumer();
    consumer.start();
    await consumer.rebuild(['trail_events']);
    await consumer.caughtUp().finally(() => consumer.stop());

    expect(await find(entry.id)).toEqual(before);
  });
});
