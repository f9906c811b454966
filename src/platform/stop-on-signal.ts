import type { Logger } from './logging/logger.js';

export interface StopOptions {
  readonly stop: () => Promise<void>;
  /** Milliseconds after which what is still running is given up. */
  readonly wait: number;
  readonly logger: Logger;
  /** Ends the process. */
  readonly exit: (code: number) => void;
  /** Milliseconds; default the process's own monotonic clock. */
  readonly now?: () => number;
}

/**
 * Ctrl-C reaches the whole group of processes, and the launcher hands it on as well: what comes right after the first
 * signal is not a second wish.
 */
export const ECHO_MS = 1_000;

/** What a stop is heard from. */
export interface SignalSource {
  on(signal: 'SIGTERM' | 'SIGINT', listener: (signal: string) => void): unknown;
}

/** Stops in order at the first SIGTERM or SIGINT, and at once at the second. Exit code 0 only for a clean stop. */
export function stopOnSignal(signals: SignalSource, options: StopOptions): void {
  const { stop, wait, logger, exit, now = () => performance.now() } = options;
  let stoppingSince: number | undefined;
  const onSignal = (signal: string): void => {
    if (stoppingSince !== undefined) {
      if (now() - stoppingSince > ECHO_MS) exit(1);
      return;
    }
    stoppingSince = now();
    void finish(signal);
  };
  const finish = async (signal: string): Promise<void> => {
    const began = now();
    logger.event('service.stopping', { signal });
    const clean = await within(stop, wait);
    logger.event('service.stopped', { ms: Math.round(now() - began), clean });
    exit(clean ? 0 : 1);
  };
  signals.on('SIGTERM', onSignal);
  signals.on('SIGINT', onSignal);
}

async function within(stop: () => Promise<void>, wait: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => {
      resolve(false);
    }, wait);
  });
  const done = stop().then(
    () => true,
    () => false,
  );
  const clean = await Promise.race([done, late]);
  clearTimeout(timer);
  return clean;
}
