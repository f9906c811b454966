import { canonicalJson } from '../../../domain/canonical-json.js';
import { escapeHidden } from '../../../domain/hidden-text.js';
import { formatPosition } from '../../../domain/position.js';
import type { PresentedEvent } from '../../domain/presented-event.js';

type Cell = (event: PresentedEvent) => string | undefined;

/** The columns of the CSV form, in order. The first tells events from the closing statement. */
const COLUMNS: Readonly<Record<string, Cell>> = {
  row: () => 'event',
  id: (event) => event.id,
  position: (event) => formatPosition(event.position),
  occurred_at: (event) => event.occurredAt,
  recorded_at: (event) => event.recordedAt,
  action: (event) => event.action,
  outcome: (event) => event.outcome,
  reason: (event) => event.reason,
  actor_kind: (event) => event.actor.kind,
  actor: (event) => event.actor.subject,
  on_behalf_of: (event) => event.actor.onBehalfOf,
  secrets: (event) => event.secrets?.map((secret) => secret.uid).join(' '),
  versions: (event) => event.secrets?.map((secret) => secret.version ?? '').join(' '),
  source: (event) => event.source.kind,
  instance: (event) => event.source.instance,
  environment: (event) => event.environment,
  native_id: (event) => event.source.nativeId,
  native_action: (event) => event.source.nativeAction,
  request_id: (event) => event.correlation?.requestId,
  derived_from: (event) => event.correlation?.derivedFrom?.join(' '),
  supersedes: (event) => event.correlation?.supersedes,
  purpose: (event) => event.purpose,
  origin: (event) => event.origin,
  flags: (event) => event.flags?.join(' '),
  details: (event) => event.details && escapeHidden(canonicalJson(event.details)),
};

const IDENTITY_COLUMNS: Readonly<Record<string, Cell>> = {
  actor_native_id: ({ identity }) => identity?.actor?.nativeId,
  actor_name: ({ identity }) => identity?.actor?.name,
  actor_email: ({ identity }) => identity?.actor?.email,
  on_behalf_of_name: ({ identity }) => identity?.onBehalfOf?.name ?? identity?.onBehalfOf?.nativeId,
  credential_id: ({ identity }) => identity?.credentialId,
  session_name: ({ identity }) => identity?.sessionName,
  address: ({ identity }) => identity?.address,
  user_agent: ({ identity }) => identity?.userAgent,
  text: ({ identity }) => identity?.text,
  withheld: ({ identity }) => (identity?.withheld === undefined ? undefined : String(identity.withheld)),
};

const columnsFor = (identities: boolean) => ({ ...COLUMNS, ...(identities && IDENTITY_COLUMNS) });

export function eventColumns(identities: boolean): readonly string[] {
  return Object.keys(columnsFor(identities));
}

/** One event's cells; what the event does not have is empty. */
export function eventRow(event: PresentedEvent, identities: boolean): readonly string[] {
  return Object.values(columnsFor(identities)).map((cell) => cell(event) ?? '');
}
