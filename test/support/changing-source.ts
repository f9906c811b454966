import type { SourcedEvent } from '../../src/domain/sourced-event.js';
import { Source, type Understood } from '../../src/sources/source.port.js';
import { aCaller, aPrincipal } from './recording-room.js';

export const SUPERSEDE = { supersede: { reason: 'mapping fixed' } };
/** Who may correct what is shown. */
export const CORRECTING = aCaller({
  principal: aPrincipal({ permissions: new Set(['events:write', 'events:supersede']) }),
});

/** A source whose understanding changes with its mapping. */
export class ChangingSource extends Source {
  override readonly kind = 'changing';
  override readonly title = 'for specs';
  override mapping = 1;
  reading: (record: { readonly id: string }) => Partial<SourcedEvent> = () => ({});

  override unwrap(value: unknown): readonly unknown[] {
    return [value];
  }

  override understand(value: unknown): Understood {
    const record = value as { readonly id: string };
    return { kind: 'events', events: [anEventOf(record.id, this.reading(record))] };
  }
}

export function anEventOf(key: string, changes: Partial<SourcedEvent>): SourcedEvent {
  return {
    action: 'secret.read',
    outcome: 'unknown',
    occurredAt: '2026-11-22T10:00:00Z',
    key,
    actor: { kind: 'user', person: 0 },
    people: [{ kind: 'user', nativeId: 'maren', authenticated: true }],
    client: {},
    secrets: [{ store: 's', scope: '', path: ['p'] }],
    redactions: [],
    flags: [],
    ...changes,
  };
}
