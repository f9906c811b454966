import type { Action } from '../../domain/action.js';

/** Actions by which somebody may come to know a secret's value. */
export const READS: readonly Action[] = ['secret.read', 'secret.export', 'secret.copy', 'secret.issue'];

/** Actions that change a secret or who may have it. Rotations are counted apart. */
export const CHANGES: readonly Action[] = [
  'secret.create',
  'secret.update',
  'secret.delete',
  'secret.restore',
  'secret.destroy',
  'secret.rollback',
  'secret.import',
  'secret.move',
  'secret.policy_change',
];

/** Changes that may give a secret another value. */
export const NEW_VALUES: readonly Action[] = [
  'secret.create',
  'secret.update',
  'secret.rotate',
  'secret.rollback',
  'secret.restore',
  'secret.import',
];
