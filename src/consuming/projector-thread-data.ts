/** What the projector's thread is started with. */
export interface ProjectorThreadData {
  /** Of the event log and of the read store. */
  readonly files: { readonly events: string; readonly views: string };
  /** How long a statement waits for a lock, and how long a query of the projector's own may work. Milliseconds. */
  readonly busyMs: number;
  readonly queryMs: number;
  /** How much waits to be recorded: see `RecordingLoad`. */
  readonly load: SharedArrayBuffer;
}
