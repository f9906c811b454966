import { setTimeout as pause } from 'node:timers/promises';
import { KafkaFault, toFault } from './kafka-fault.js';

const FIRST_MS = 50;
const MOST_MS = 1_000;

export interface Persistence {
  /** For all attempts together. Milliseconds. */
  readonly waitMs: number;
  /** Before another attempt. */
  readonly onFault?: (fault: KafkaFault) => void;
}

/**
 * Tries again what failed for a passing reason, after growing waits, until the time is up.
 * @throws KafkaFault the last one
 */
export async function persist<Result>(attempt: () => Promise<Result>, persistence: Persistence): Promise<Result> {
  const end = performance.now() + persistence.waitMs;
  for (let wait = FIRST_MS; ; wait = Math.min(MOST_MS, wait * 2)) {
    try {
      return await within(end - performance.now(), attempt());
    } catch (error) {
      const fault = toFault(error);
      if (!fault.passing || performance.now() + wait >= end) throw fault;
      persistence.onFault?.(fault);
    }
    await pause(wait);
  }
}

/** Ends when the time is up, whatever the work does. */
async function within<Result>(waitMs: number, work: Promise<Result>): Promise<Result> {
  const timer = Promise.withResolvers<never>();
  const timeout = setTimeout(
    () => {
      timer.reject(new KafkaFault('no-answer', false));
    },
    Math.max(1, waitMs),
  );
  try {
    return await Promise.race([work, timer.promise]);
  } finally {
    clearTimeout(timeout);
  }
}
