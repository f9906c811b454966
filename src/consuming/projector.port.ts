import { ConsumerStatuses } from './consumer-statuses.port.js';

/** The consumer that keeps the read store up to date. */
export abstract class Projector extends ConsumerStatuses {
  /**
   * Resolves when every view shows what is on the log now. Throws `TRAIL.NOT_READY` when it will not by itself: the
   * projector is blocked or has stopped.
   */
  abstract caughtUp(): Promise<void>;

  /** Begins these views anew beside what queries see; resolves when the builds have begun. Default all views. */
  abstract rebuild(views?: readonly string[]): Promise<void>;
}
