import type { Logger } from 'kafkajs/src/network/connectionPool.js';
import RequestQueue from 'kafkajs/src/network/requestQueue/index.js';

/** What kafkajs has to say is not ours to print: it may hold addresses and bytes, and calls what is expected an error. */
export const NO_LOGGER: Logger = {
  info: () => undefined,
  error: () => undefined,
  warn: () => undefined,
  debug: () => undefined,
  namespace: () => NO_LOGGER,
};

let quiet = false;

/** kafkajs looks a thousand times a second for requests to send, on each connection: only when there are any. */
export function quietTimers(): void {
  if (quiet) return;
  quiet = true;
  // eslint-disable-next-line @typescript-eslint/unbound-method
  const schedule = RequestQueue.prototype.scheduleCheckPendingRequests;
  RequestQueue.prototype.scheduleCheckPendingRequests = function (this: RequestQueue) {
    if (this.pending.length > 0 || this.throttledUntil > Date.now()) schedule.call(this);
  };
}
