import type { Action } from '../../domain/action.js';

/**
 * What an action means to the reader of an access report. `access` is what may have given a secret's value away or put
 * it to use; `lookup` shows that a secret exists and how it is kept, not its value.
 */
export const ACTIVITY_GROUPS = ['access', 'lookup', 'change', 'rights', 'sign_in', 'other'] as const;
export type ActivityGroup = (typeof ACTIVITY_GROUPS)[number];

const GROUP_OF: Readonly<Partial<Record<Action, ActivityGroup>>> = {
  'secret.read': 'access',
  'secret.issue': 'access',
  'secret.export': 'access',
  'secret.copy': 'access',
  'key.use': 'access',
  'secret.list': 'lookup',
  'secret.describe': 'lookup',
  'secret.create': 'change',
  'secret.update': 'change',
  'secret.delete': 'change',
  'secret.restore': 'change',
  'secret.destroy': 'change',
  'secret.rotate': 'change',
  'secret.rollback': 'change',
  'secret.import': 'change',
  'secret.move': 'change',
  'secret.policy_change': 'change',
  'access.grant': 'rights',
  'access.revoke': 'rights',
  'store.config_change': 'rights',
  'auth.login': 'sign_in',
};

export const GROUP_TITLES: Readonly<Record<ActivityGroup, string>> = {
  access: 'Access to a secret',
  lookup: 'Look-up without the value',
  change: 'Change to a secret',
  rights: 'Change to access rights or a store',
  sign_in: 'Sign-in',
  other: 'Other',
};

/** Every action belongs to one group; what no group names is `other`. */
export function activityGroup(action: Action): ActivityGroup {
  return GROUP_OF[action] ?? 'other';
}

/** The actions of these groups, for a store's filter. `other` holds what no list can name: leave it out. */
export function actionsOf(...groups: readonly Exclude<ActivityGroup, 'other'>[]): readonly Action[] {
  const wanted = new Set<ActivityGroup>(groups);
  return (Object.keys(GROUP_OF) as Action[]).filter((action) => wanted.has(GROUP_OF[action] ?? 'other'));
}
