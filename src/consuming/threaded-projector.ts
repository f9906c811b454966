import { KeytrailError, type ErrorCode } from '../domain/errors.js';
import type { Clock } from '../platform/clock.js';
import { WorkerThread } from '../platform/worker-threads/worker-thread.js';
import type { SubjectKey, SubjectKeys } from '../privacy/subject-keys.port.js';
import { DEFAULT_BACK_OFF, waitAfter, type BackOff } from './back-off.js';
import type { ConsumerStatus } from './consumer-status.js';
import { errorCode } from './poison-event.js';
import type { ProjectorThreadData } from './projector-thread-data.js';
import { Projector } from './projector.port.js';
import { Signal } from './signal.js';
import { SilenceWatch } from './silence-watch.js';

const ENTRY = new URL('../projector.worker.js', import.meta.url);
/** Its pages are short-lived: without limits the heap grows to several times of what they need. */
const HEAP = { maxYoungGenerationSizeMb: 24, maxOldGenerationSizeMb: 256 };
/** A thread that has lived so long begins anew with short waits when it ends. */
const SOUND_MS = 60_000;

const STARTING: ConsumerStatus = {
  name: 'projector',
  state: 'starting',
  lag: { events: 0, seconds: 0 },
  views: [],
  consumed: 0,
  failures: 0,
  restarts: 0,
  blocked: [],
};

export interface ProjectorPatience {
  readonly backOff: BackOff;
  /**
   * Milliseconds. A thread that looks at the log says so each second, and twice a minute while a store fails it: one that is
   * silent for longer hangs.
   */
  readonly silence: number;
}

const PATIENCE: ProjectorPatience = { backOff: DEFAULT_BACK_OFF, silence: 90_000 };

export interface ThreadedProjectorParts {
  readonly keys: SubjectKeys;
  readonly clock: Clock;
}

/**
 * The projector in a thread of its own, with its own reader of the log and its own writer of the read store. The main
 * thread opens data keys for it and is told how it fares. A thread that ends is started again, after growing waits; one
 * that hangs is failing from then on, and is ended.
 */
export class ThreadedProjector extends Projector {
  readonly #listeners = new Set<(status: ConsumerStatus) => void>();
  readonly #ended = new Signal();
  #status = STARTING;
  #restarts = 0;
  #endsInRow = 0;
  #stopping = false;
  #running: Promise<void> | undefined;
  /** The thread at work; while none is, what it will be. */
  #thread = Promise.withResolvers<WorkerThread>();

  constructor(
    private readonly parts: ThreadedProjectorParts,
    private readonly data: ProjectorThreadData,
    private readonly patience: ProjectorPatience = PATIENCE,
  ) {
    super();
  }

  start(): void {
    this.#running ??= this.#run();
  }

  /** Ends after the page at hand. */
  async stop(): Promise<void> {
    this.#stopping = true;
    this.#ended.raise();
    if (this.#running) await (await this.#thread.promise.catch(() => undefined))?.close();
    await this.#running;
  }

  statuses(): readonly ConsumerStatus[] {
    return [this.#status];
  }

  subscribe(listener: (status: ConsumerStatus) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async caughtUp(): Promise<void> {
    await (await this.#atWork()).call('caughtUp');
  }

  async rebuild(views?: readonly string[]): Promise<void> {
    await (await this.#atWork()).call('rebuild', views);
  }

  async #run(): Promise<void> {
    while (this.#mayRun()) {
      const startedAt = this.parts.clock.now().getTime();
      const code = await this.#live();
      if (!this.#mayRun()) break;
      const lived = this.parts.clock.now().getTime() - startedAt;
      this.#endsInRow = lived > SOUND_MS ? 1 : this.#endsInRow + 1;
      this.#restarts += 1;
      this.#failed(code);
      await this.#ended.wait(waitAfter(this.#endsInRow, this.patience.backOff));
    }
    this.#thread.promise.catch(() => undefined);
    this.#thread.reject(new KeytrailError('TRAIL.NOT_READY', { consumer: STARTING.name }));
    this.#tell({ ...this.#status, state: 'stopped' });
  }

  /** Throws `TRAIL.NOT_READY` where this process runs no projector: nobody would ever answer. */
  #atWork(): Promise<WorkerThread> {
    if (!this.#running) return Promise.reject(new KeytrailError('TRAIL.NOT_READY', { consumer: STARTING.name }));
    return this.#thread.promise;
  }

  #mayRun(): boolean {
    return !this.#stopping;
  }

  /** One thread from its start to its end. @returns what ended it */
  async #live(): Promise<ErrorCode> {
    let code: ErrorCode = 'INTERNAL.UNEXPECTED';
    const silence = new SilenceWatch(this.patience.silence, () => {
      code = 'STORAGE.UNAVAILABLE';
      this.#failed(code);
      void thread.kill();
    });
    const handlers = {
      openKeys: (keyIds: readonly string[]) => this.#openKeys(keyIds),
      status: (status: ConsumerStatus) => {
        silence.heard();
        this.#tell({ ...status, restarts: this.#restarts });
      },
    };
    const thread = new WorkerThread(ENTRY, this.data, handlers, HEAP);
    let began = false;
    try {
      await thread.call('start');
      began = true;
      this.#thread.resolve(thread);
      await thread.exited;
      return code;
    } catch (error) {
      return errorCode(error);
    } finally {
      silence.stop();
      // Whoever waits for a thread that never began waits for the next one.
      if (began) this.#thread = Promise.withResolvers<WorkerThread>();
      await thread.close();
    }
  }

  /** Copies, as what crosses to another thread takes the whole of the memory that it lies in. */
  async #openKeys(keyIds: readonly string[]): Promise<readonly (SubjectKey | undefined)[]> {
    const keys = await this.parts.keys.open(keyIds);
    return keys.map((key) => key && { ...key, key: new Uint8Array(key.key) });
  }

  #failed(code: ErrorCode): void {
    const at = this.parts.clock.now().toISOString();
    const failures = this.#status.failures + 1;
    this.#tell({
      ...this.#status,
      state: 'failing',
      failures,
      restarts: this.#restarts,
      lastError: { code, at },
    });
  }

  #tell(status: ConsumerStatus): void {
    this.#status = status;
    for (const listener of this.#listeners) listener(status);
  }
}
