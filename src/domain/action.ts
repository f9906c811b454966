/** What callers may record. The registry grows under entry version 1; names are never reused for another meaning. */
export const RECORDABLE_ACTIONS = [
  'secret.read',
  'secret.list',
  'secret.describe',
  'secret.create',
  'secret.update',
  'secret.delete',
  'secret.restore',
  'secret.destroy',
  'secret.rotate',
  'secret.rollback',
  'secret.issue',
  'secret.export',
  'secret.copy',
  'secret.import',
  'secret.move',
  'secret.policy_change',
  'key.use',
  'auth.login',
  'access.grant',
  'access.revoke',
  'store.config_change',
  'other',
] as const;

/** Stands in place of an event that a later mapping finds no longer in its record. */
export const EVENT_WITHDRAWN = 'trail.event_withdrawn';

/** The health of sources, recorded by ingestion alone. */
export const TRAIL_ACTIONS = [
  'trail.ingested',
  'trail.interrupted',
  'trail.identity_conflict',
  EVENT_WITHDRAWN,
  'trail.refused',
] as const;

/** Keytrail's own acts, recorded by Keytrail alone. */
export const OWN_ACTIONS = [
  'keytrail.started',
  'keytrail.stopped',
  'keytrail.queried',
  'keytrail.exported',
  'keytrail.filter_saved',
  'keytrail.filter_deleted',
  'keytrail.report_requested',
  'keytrail.report_completed',
  'keytrail.report_failed',
  'keytrail.report_cancelled',
  'keytrail.report_downloaded',
  'keytrail.key_bootstrapped',
  'keytrail.key_issued',
  'keytrail.key_revoked',
  'keytrail.key_recovered',
  'keytrail.kek_rotated',
  'keytrail.kek_copy_confirmed',
  'keytrail.dead_letters_closed',
  'keytrail.diagnosed',
  'keytrail.rebuild_requested',
] as const;

export const ACTIONS = [...RECORDABLE_ACTIONS, ...TRAIL_ACTIONS, ...OWN_ACTIONS] as const;

export type RecordableAction = (typeof RECORDABLE_ACTIONS)[number];
export type TrailAction = (typeof TRAIL_ACTIONS)[number];
export type OwnAction = (typeof OWN_ACTIONS)[number];
export type Action = (typeof ACTIONS)[number];

const known: ReadonlySet<string> = new Set(ACTIONS);
const recordable: ReadonlySet<string> = new Set(RECORDABLE_ACTIONS);

/** A reader that meets an action of a later version treats it as `other` and keeps the bytes. */
export function knownAction(action: string): Action {
  return known.has(action) ? (action as Action) : 'other';
}

export function isRecordableAction(action: string): action is RecordableAction {
  return recordable.has(action);
}

/** The part of an action before the dot, which a key's allow-list names: `secret`, `key`, `other`. */
export function actionClass(action: string): string {
  const dot = action.indexOf('.');
  return dot < 0 ? action : action.slice(0, dot);
}

/** `trail.*` and `keytrail.*` are refused from outside, known or not. */
export function isReservedAction(action: string): boolean {
  const name = actionClass(action);
  return name === 'trail' || name === 'keytrail';
}
