import { KeytrailError } from '../domain/errors.js';

/** Another consumer has moved the view's checkpoint: the loser stops. */
export class CheckpointLost extends KeytrailError {
  constructor(view: string) {
    super('STORAGE.VERSION_CONFLICT', { view });
  }
}
