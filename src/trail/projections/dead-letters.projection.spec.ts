import { describe, expect, it } from '@jest/globals';
import { anEntry, anOpenedEvent } from '../../../test/support/an-event.js';
import type { OpenedEvent } from '../../consuming/opened-event.js';
import type { DeadLetterDetails } from '../../domain/details.js';
import type { DeadLetter } from '../dead-letter.view.js';
import { deadLettersProjection } from './dead-letters.projection.js';

function given(...events: readonly OpenedEvent[]): readonly DeadLetter[] {
  const documents = new Map<string, DeadLetter>();
  for (const event of events) {
    for (const key of deadLettersProjection.keys(event)) {
      documents.set(key, deadLettersProjection.evolve(documents.get(key), event, key));
    }
  }
  return [...documents.values()];
}

const letter = (id: string): DeadLetterDetails => ({
  id,
  reason: 'missing_field',
  field: 'request',
  length: 12,
  hmac: 'ab',
  at: { file: 1, line: 3, byteOffset: 40 },
});

const ingested = (...ids: readonly string[]): OpenedEvent => {
  const details = { read: 1, recorded: 0, conflicts: 0, ignored: 0, rejected: {}, deadLetters: ids.map(letter) };
  const entry = anEntry({ action: 'trail.ingested', details });
  return anOpenedEvent(0, entry, { files: '["a.log","b.log"]' });
};

const closed = (...ids: readonly string[]): OpenedEvent =>
  anOpenedEvent(1, anEntry({ action: 'keytrail.dead_letters_closed', details: { ids } }), { text: 'mapping fixed' });

describe('deadLettersProjection', () => {
  it('opens one letter for each record that was not understood, with its place', () => {
    const [first, second] = given(ingested('a', 'b'));

    expect(first).toMatchObject({
      id: 'a',
      state: 'open',
      opened: { kind: 'vault', reason: 'missing_field', field: 'request', file: 'b.log' },
    });
    expect(first?.opened?.at).toEqual({ file: 1, line: 3, byteOffset: 40 });
    expect(second).toMatchObject({ id: 'b', state: 'open' });
  });

  it('closes those that are named, and says by whom', () => {
    const letters = given(ingested('a', 'b'), closed('b'));

    expect(letters).toMatchObject([
      { id: 'a', state: 'open' },
      { id: 'b', state: 'closed', opened: { reason: 'missing_field' }, closed: { reason: 'mapping fixed' } },
    ]);
    expect(letters[1]?.closed?.by).toBe(anEntry().actor.subject);
  });

  it('opens a letter again when the same record is not understood again', () => {
    const [again] = given(ingested('a'), closed('a'), ingested('a'));
    expect(again).toMatchObject({ state: 'open', opened: { file: 'b.log' } });
    expect(again).not.toHaveProperty('closed');
  });

  it('shows when it was recorded and what it is about', () => {
    const [opened] = given(ingested('a'));
    expect(opened && deadLettersProjection.show(opened, 'a')).toEqual({
      time: '20261122100001500000000',
      fields: { letter: 'a', state: 'open', kind: 'vault', instance: 'prod', reason: 'missing_field' },
    });
  });
});
