import type { OpenedEvent } from '../../consuming/opened-event.js';
import type { EventProjection } from '../../consuming/projection.js';
import { actionClass, isReservedAction } from '../../domain/action.js';
import { entryAction, isEcho, type Entry } from '../../domain/entry.js';
import type { Identity } from '../../domain/identity.js';
import type { ViewDocument, ViewFields, ViewWrite } from '../../storage/read-store/read-store.port.js';
import { TRAIL_EVENTS, type TrailEventBody } from '../trail-event.view.js';
import { otherIds, trailDocumentId, trailDocumentVersion } from './trail-document-id.js';
import { recordedKey, trailTime } from './trail-time.js';

/** Who did what to which secret: one document for each event (see `TRAIL_EVENTS`). */
export const trailEventsProjection: EventProjection = { view: TRAIL_EVENTS, project };

function project(event: OpenedEvent): readonly ViewWrite[] {
  const document = trailDocument(event);
  const version = trailDocumentVersion(event.entry, event.position.offset);
  return [version === undefined ? { kind: 'create', document } : { kind: 'put', document, version }];
}

function trailDocument(event: OpenedEvent): ViewDocument {
  const { entry, entryText, position, identity } = event;
  const body: TrailEventBody = { entry: entryText, position, identity };
  const fields = { ...entryFields(event), ...sourceFields(entry), ...personalFields(entry, identity) };
  return { id: trailDocumentId(entry), time: trailTime(entry), fields, body: JSON.stringify(body) };
}

function entryFields({ entry, position }: OpenedEvent): ViewFields {
  const action = entryAction(entry);
  return {
    ...otherIds(entry),
    partition: position.partition,
    offset: position.offset,
    recordedAt: recordedKey(entry),
    action,
    actionClass: actionClass(action),
    outcome: entry.outcome,
    reason: entry.reason,
    phase: entry.phase,
    actorKind: entry.actor.kind,
    subject: entry.actor.subject,
    onBehalfOf: entry.actor.onBehalfOf,
    secret: entry.secrets?.map((secret) => secret.uid),
    secretPath: entry.secrets?.map((secret) => secret.path),
    own: isReservedAction(entry.action),
    echo: isEcho(entry),
    flags: entry.flags,
  };
}

function sourceFields({ source, environment, correlation }: Entry): ViewFields {
  return {
    sourceKind: source.kind,
    instance: source.instance,
    nativeId: source.nativeId,
    nativeAction: source.nativeAction,
    environment,
    requestId: correlation?.requestId,
  };
}

function personalFields({ correlation }: Entry, identity: Identity): ViewFields {
  const sessions = [correlation?.sessionId, identity.sessionName].filter((session) => session !== undefined);
  return {
    actorNativeId: identity.actor?.nativeId,
    actorName: identity.actor?.name,
    actorEmail: identity.actor?.email,
    credentialId: identity.credentialId,
    session: sessions,
    address: identity.address,
    userAgent: identity.userAgent,
    text: identity.text,
  };
}
