import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { anEntry, anExchangeEntry, anOpenedEvent, aSecret } from '../../../test/support/an-event.js';
import type { OpenedEvent } from '../../consuming/opened-event.js';
import { canonicalJson } from '../../domain/canonical-json.js';
import type { Entry } from '../../domain/entry.js';
import type { ViewDocument, ViewWrite } from '../../storage/read-store/read-store.port.js';
import type { TrailEventBody } from '../trail-event.view.js';
import { trailEventsProjection } from './trail-events.projection.js';

function project(event: OpenedEvent): ViewDocument {
  const [write] = trailEventsProjection.project(event);
  if (write?.kind !== 'create' && write?.kind !== 'put') throw new Error('nothing was written');
  return write.document;
}

/** What a read store keeps of the writes, by its contract. */
function keep(writes: readonly ViewWrite[]): ReadonlyMap<string, string> {
  const kept = new Map<string, { version: number; shown: string }>();
  for (const write of writes) {
    if (write.kind === 'delete') continue;
    const { id, body } = write.document;
    const before = kept.get(id);
    const { entry: shown } = JSON.parse(body) as Partial<TrailEventBody>;
    if (shown === undefined) continue;
    if (write.kind === 'create' && !before) kept.set(id, { version: 0, shown });
    if (write.kind === 'put' && write.version > (before?.version ?? 0)) kept.set(id, { version: write.version, shown });
  }
  return new Map([...kept].map(([id, { shown }]) => [id, shown]));
}

describe('trailEventsProjection', () => {
  it('shows who did what to which secret, with the stored bytes as they are', () => {
    const entry = anEntry({
      secrets: [aSecret('a'), aSecret('b')],
      reason: 'denied',
      correlation: { requestId: 'r-1', sessionId: 's-1' },
      flags: ['user_agent_cut'],
    });
    const identity = { actor: { nativeId: 'n', name: 'Ann', email: 'ann@example.com' }, sessionName: 'ann-laptop' };

    const document = project(anOpenedEvent(7, entry, { ...identity, address: '10.0.0.7' }));

    expect(document).toMatchObject({ id: entry.id, time: '20261122100000123456789' });
    expect(document.fields).toMatchObject({
      partition: 0,
      offset: 7,
      recordedAt: '20261122100001500000000',
      action: 'secret.read',
      actionClass: 'secret',
      reason: 'denied',
      secret: ['vault:prod::a', 'vault:prod::b'],
      secretPath: ['a', 'b'],
      subject: entry.actor.subject,
      actorName: 'Ann',
      actorEmail: 'ann@example.com',
      session: ['s-1', 'ann-laptop'],
      address: '10.0.0.7',
      requestId: 'r-1',
      own: false,
      echo: false,
      flags: ['user_agent_cut'],
    });
    expect((JSON.parse(document.body) as TrailEventBody).identity.actor?.name).toBe('Ann');
  });

  it('puts an event without a readable time where it was recorded', () => {
    const { occurredAt: _unreadable, ...entry } = anEntry({ flags: ['time_missing'] });
    expect(project(anOpenedEvent(0, entry)).time).toBe('20261122100001500000000');
  });

  it('reads an action of a later version as other, and keeps its bytes', () => {
    const document = project(anOpenedEvent(0, anEntry({ action: 'secret.teleport' })));

    expect(document.fields).toMatchObject({ action: 'other', actionClass: 'other' });
    expect((JSON.parse(document.body) as TrailEventBody).entry).toContain('secret.teleport');
  });

  it.each(['trail.ingested', 'keytrail.queried', 'keytrail.of_a_later_version'])('marks %s as our own', (action) => {
    expect(project(anOpenedEvent(0, anEntry({ action }))).fields).toMatchObject({ own: true });
  });

  it('marks an echo', () => {
    const entry = anEntry({
      action: 'key.use',
      correlation: { derivedFrom: ['arn:aws:secretsmanager:eu:1:secret:x'] },
    });
    expect(project(anOpenedEvent(0, entry)).fields).toMatchObject({ echo: true });
  });

  it('refuses an entry without a time of recording, rather than guess one', () => {
    expect(() => trailEventsProjection.project(anOpenedEvent(0, anEntry({ recordedAt: 'soon' })))).toThrow();
  });

  it('keeps the first copy of an ordinary event', () => {
    const entry = anEntry();
    expect(trailEventsProjection.project(anOpenedEvent(0, entry))).toMatchObject([{ kind: 'create' }]);
  });

  it('gives request and response of one exchange one document, and shows the response', () => {
    const request = anExchangeEntry('r-1', 'request');
    const response = anExchangeEntry('r-1', 'response');
    const writes = [request, response].flatMap((entry, offset) =>
      trailEventsProjection.project(anOpenedEvent(offset, entry)),
    );

    expect([...keep(writes)]).toEqual([[response.id, canonicalJson(response)]]);
  });

  it('is found by the id of the request it answers, and by that of every event that corrects it', () => {
    const request = anExchangeEntry('r-1', 'request');
    const response = anExchangeEntry('r-1', 'response');
    const correction = { ...response, id: 'c-1', correlation: { supersedes: response.id } };

    for (const [offset, entry] of [request, response, correction].entries())
      expect(project(anOpenedEvent(offset, entry)).fields).toMatchObject({ requestEvent: request.id });
    expect(project(anOpenedEvent(0)).fields['requestEvent']).toBeUndefined();
    const [, signpost] = trailEventsProjection.project(anOpenedEvent(2, correction));
    expect(signpost).toMatchObject({
      kind: 'create',
      document: { id: 'c-1', fields: {}, body: canonicalJson({ standsIn: response.id }) },
    });
  });

  it('keeps the first of two responses with one id, and its correction whatever comes after', () => {
    const response = anExchangeEntry('r-1', 'response');
    const again = { ...response, occurredAt: '2026-11-25T10:00:00Z', secrets: [] };
    const correction = { ...response, id: 'c-1', correlation: { supersedes: response.id } };
    const shown = (...entries: readonly Entry[]) =>
      keep(entries.flatMap((entry, offset) => trailEventsProjection.project(anOpenedEvent(offset, entry))));

    expect(shown(response, again).get(response.id)).toBe(canonicalJson(response));
    expect(shown(response, correction, again).get(response.id)).toBe(canonicalJson(correction));
  });

  it('shows the correction by the newest mapping, wherever on the log it is', () => {
    const entry = anEntry();
    const [second, third] = [2, 3].map((mapping) => ({
      ...entry,
      id: `c-${mapping}`,
      source: { ...entry.source, mapping },
      correlation: { supersedes: entry.id },
    })) as [Entry, Entry];
    const writes = [third, second].flatMap((one, offset) => trailEventsProjection.project(anOpenedEvent(offset, one)));

    expect(keep(writes).get(entry.id)).toBe(canonicalJson(third));
  });

  it('puts a second event of an id beside the first, as an event of its own', () => {
    const entry = anEntry();
    expect(trailEventsProjection.project(anOpenedEvent(7, entry))).toMatchObject([
      { aside: { id: `${entry.id}@1.0.7`, fields: { double: entry.id } } },
    ]);
  });

  it('gives the same documents whatever the order of requests, responses and corrections', () => {
    const events = exchange().map((entry, offset) => anOpenedEvent(offset, entry));
    const expected = keep(events.flatMap((event) => trailEventsProjection.project(event)));
    expect(expected.size).toBe(3);

    fc.assert(
      fc.property(fc.shuffledSubarray(events, { minLength: events.length }), (shuffled) => {
        const kept = keep(shuffled.flatMap((event) => trailEventsProjection.project(event)));
        expect(new Map([...kept].sort())).toEqual(new Map([...expected].sort()));
      }),
    );
  });
});

/** Two answered exchanges, one of them corrected twice, a request that never was answered and its correction. */
function exchange(): readonly Entry[] {
  const answer = anExchangeEntry('answered', 'response');
  const correct = (entry: Entry, mapping: number): Entry => ({
    ...entry,
    id: `${entry.id}-${mapping}`,
    reason: 'error',
    source: { ...entry.source, mapping },
    correlation: { supersedes: entry.id },
  });
  const open = anExchangeEntry('open', 'request');
  return [
    anExchangeEntry('answered', 'request'),
    answer,
    correct(answer, 2),
    correct(answer, 3),
    anExchangeEntry('other', 'response'),
    anExchangeEntry('other', 'request'),
    open,
    correct(open, 2),
  ];
}
