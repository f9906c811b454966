import type { OpenedEvent } from '../../consuming/opened-event.js';
import type { EventProjection } from '../../consuming/projection.js';
import { actionClass, isReservedAction } from '../../domain/action.js';
import { entryAction, isEcho, type Entry } from '../../domain/entry.js';
import type { Identity } from '../../domain/identity.js';
import { formatPosition } from '../../domain/position.js';
import type { ViewDocument, ViewFields, ViewWrite } from '../../storage/read-store/read-store.port.js';
import { TRAIL_EVENTS, type SignpostBody, type TrailEventBody } from '../trail-event.view.js';
import { requestEventId, trailDocumentId, trailDocumentVersion } from './trail-document-id.js';
import { recordedKey, trailTime } from './trail-time.js';

/** Who did what to which secret: one document for each event, and what leads to it (see `TRAIL_EVENTS`). */
export const trailEventsProjection: EventProjection = { view: TRAIL_EVENTS, project };

function project(event: OpenedEvent): readonly ViewWrite[] {
  const { entry, position } = event;
  const document = trailDocument(event);
  const { version, doubles } = trailDocumentVersion(entry, position.offset);
  const [from, below] = doubles;
  const aside = {
    id: `${entry.id}@${formatPosition(position)}`,
    fields: { double: entry.id },
    from,
    below,
  };
  const shown: ViewWrite =
    version === undefined ? { kind: 'create', document, aside } : { kind: 'put', document, version, aside };
  return entry.correlation?.supersedes === undefined ? [shown] : [shown, signpost(entry, document)];
}

/** From a correction's own id to the document that it stands in, whatever corrects it later. */
function signpost({ id }: Entry, document: ViewDocument): ViewWrite {
  const body: SignpostBody = { standsIn: document.id };
  return { kind: 'create', document: { id, time: document.time, fields: {}, body: JSON.stringify(body) } };
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
    requestEvent: requestEventId(entry),
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
