import { WorkerThread } from '../../platform/worker-threads/worker-thread.js';
import type { SubjectKeys, SubjectRequest } from '../../privacy/subject-keys.port.js';
import type { SourcesConfig } from '../../sources/sources.config.js';
import type { DeliveryToPrepare } from './delivery-to-prepare.js';
import type { PreparedDelivery } from './prepared-delivery.js';

/** What each thread is started with. */
export interface WorkerData {
  readonly sources: SourcesConfig;
  readonly identityKey: Uint8Array;
}

export interface WorkerPoolOptions extends WorkerData {
  /** Threads at most. */
  readonly size: number;
  /** How long a thread may be idle before it ends, in milliseconds. */
  readonly idleMs: number;
}

/** Deliveries given to a thread at once: while one waits for keys the other is worked on. */
const DELIVERIES_A_THREAD = 2;

/** A thread's garbage is young: by default it would keep a hundred megabytes of it. */
const HEAP = { maxYoungGenerationSizeMb: 24, maxOldGenerationSizeMb: 256 };

interface PoolThread {
  readonly thread: WorkerThread;
  busy: number;
  idle: NodeJS.Timeout | undefined;
}

/** Threads that prepare large deliveries. Started when there is work, ended when there is none for a while. */
export class WorkerPool {
  readonly #threads = new Set<PoolThread>();
  readonly #waiting: (() => void)[] = [];

  constructor(
    private readonly options: WorkerPoolOptions,
    private readonly subjectKeys: Pick<SubjectKeys, 'resolve'>,
  ) {}

  /** The body's memory moves to the thread: it is empty here afterwards. */
  async prepare(delivery: DeliveryToPrepare): Promise<PreparedDelivery> {
    const place = await this.#place();
    place.busy += 1;
    clearTimeout(place.idle);
    const body = ownBuffer(delivery.body);
    try {
      return await place.thread.call<PreparedDelivery>('prepare', { ...delivery, body }, [body.buffer]);
    } finally {
      place.busy -= 1;
      if (place.busy === 0) this.#endWhenIdle(place);
      this.#waiting.shift()?.();
    }
  }

  async close(): Promise<void> {
    const threads = [...this.#threads];
    this.#threads.clear();
    for (const { thread, idle } of threads) {
      clearTimeout(idle);
      await thread.close();
    }
  }

  async #place(): Promise<PoolThread> {
    for (;;) {
      const free = this.#leastBusy();
      if (free && (free.busy === 0 || this.#threads.size >= this.options.size)) return free;
      if (this.#threads.size < this.options.size) return this.#start();
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }

  #leastBusy(): PoolThread | undefined {
    let least: PoolThread | undefined;
    for (const candidate of this.#threads) if (candidate.busy < (least?.busy ?? DELIVERIES_A_THREAD)) least = candidate;
    return least;
  }

  #start(): PoolThread {
    const { sources, identityKey } = this.options;
    const data: WorkerData = { sources, identityKey };
    const handlers = { resolve: (requests: readonly SubjectRequest[]) => this.subjectKeys.resolve(requests) };
    const thread = new WorkerThread(new URL('./prepare.worker.js', import.meta.url), data, handlers, HEAP);
    const started: PoolThread = { thread, busy: 0, idle: undefined };
    this.#threads.add(started);
    void thread.exited.then(() => this.#threads.delete(started));
    return started;
  }

  #endWhenIdle(place: PoolThread): void {
    place.idle = setTimeout(() => {
      this.#threads.delete(place);
      void place.thread.close();
    }, this.options.idleMs);
    place.idle.unref();
  }
}

/** Bytes that share their memory with others can't be moved, so they are copied. */
function ownBuffer(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const { buffer, byteLength } = bytes;
  return buffer instanceof ArrayBuffer && buffer.byteLength === byteLength
    ? new Uint8Array(buffer)
    : new Uint8Array(bytes);
}
