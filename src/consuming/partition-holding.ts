/** Which partitions this replica works on. */
export interface PartitionHolding {
  /** The partitions that are mine now, each with its fence. */
  readonly held: ReadonlyMap<number, number>;
  /** Calls `listener` when that may have changed. Returns the way to stop. */
  subscribe(listener: () => void): () => void;
}
