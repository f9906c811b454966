/**
 * How much waits to be recorded, in bytes, where other threads of the process can see it too: what can wait itself gives
 * way to it.
 */
export class RecordingLoad {
  readonly #bytes: Int32Array;

  /** @param memory of the load in another thread; its own by default */
  constructor(readonly memory = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)) {
    this.#bytes = new Int32Array(memory);
  }

  get bytes(): number {
    return Atomics.load(this.#bytes, 0);
  }

  set bytes(bytes: number) {
    Atomics.store(this.#bytes, 0, Math.min(bytes, 0x7fffffff));
  }
}
