import type { ProgressLine } from '../../platform/cli/progress-line.js';
import type { Projector } from '../projector.port.js';

/**
 * Resolves when the views show what is on the log now, and shows meanwhile how much is left. Where they can't be brought
 * up to date it resolves too: the answers say how far behind they are.
 */
export async function untilUpToDate(projector: Projector, progress: ProgressLine): Promise<void> {
  const stop = projector.subscribe(({ lag }) => {
    progress.show(`bringing the views up to date: ${lag.events} events left`);
  });
  try {
    await projector.caughtUp().catch(() => undefined);
  } finally {
    stop();
    progress.clear();
  }
}
