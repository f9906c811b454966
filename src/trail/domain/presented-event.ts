import type { Entry } from '../../domain/entry.js';
import type { Identity } from '../../domain/identity.js';
import type { Position } from '../../domain/position.js';
import type { TrailEventBody } from '../trail-event.view.js';

/** An event as answers show it: the entry, its position, and the identity for those who may see it. */
export interface PresentedEvent extends Entry {
  readonly position: Position;
  readonly identity?: Identity;
}

export function presentEvent(body: TrailEventBody, identities: boolean): PresentedEvent {
  const entry = JSON.parse(body.entry) as Entry;
  return { ...entry, position: body.position, ...(identities && { identity: body.identity }) };
}
