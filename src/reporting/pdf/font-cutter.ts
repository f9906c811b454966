import { WorkerThread } from '../../platform/worker-threads/worker-thread.js';
import { type FaceName } from './font-families.js';

/** Milliseconds. A document needs most of its fonts one right after the other. */
const IDLE_MS = 250;

const HEAP = { maxYoungGenerationSizeMb: 12, maxOldGenerationSizeMb: 64 };

/**
 * Cuts font files to one weight, in a thread that ends when there was none to cut for a while. The tools for that never
 * give back what they took: 30 MiB, and 100 MiB by the account of V8, which lets the heap beside them grow in proportion.
 */
export class FontCutter {
  private thread: WorkerThread | undefined;
  private cutting = 0;
  private idle: NodeJS.Timeout | undefined;

  constructor(
    private readonly start: () => WorkerThread = startThread,
    private readonly idleMs = IDLE_MS,
  ) {}

  /** The whole font as TrueType. */
  async cut(face: FaceName): Promise<Uint8Array> {
    clearTimeout(this.idle);
    this.cutting += 1;
    try {
      return await this.running().call<Uint8Array>('cut', face);
    } finally {
      this.cutting -= 1;
      if (this.cutting === 0) this.endWhenIdle();
    }
  }

  private running(): WorkerThread {
    if (this.thread) return this.thread;
    const thread = this.start();
    this.thread = thread;
    void thread.exited.then(() => {
      if (this.thread === thread) this.thread = undefined;
    });
    return thread;
  }

  private endWhenIdle(): void {
    this.idle = setTimeout(() => {
      void this.thread?.kill();
      this.thread = undefined;
    }, this.idleMs).unref();
  }
}

function startThread(): WorkerThread {
  return new WorkerThread(new URL('./font-cutter.worker.js', import.meta.url), undefined, {}, HEAP);
}
