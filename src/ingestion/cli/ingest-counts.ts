/** What became of the records of one command, added up over its requests. */
export class IngestCounts {
  read = 0;
  recorded = 0;
  conflicts = 0;
  ignored = 0;
  rejected = 0;
  #duplicates: number | undefined = 0;

  /** Left out where the log behind the service can't tell. */
  get duplicates(): number | undefined {
    return this.#duplicates;
  }

  get isFlawed(): boolean {
    return this.rejected > 0 || this.conflicts > 0;
  }

  add(answer: IngestAnswer): void {
    this.read += answer.read;
    this.recorded += answer.recorded;
    this.conflicts += answer.conflicts;
    this.ignored += answer.ignored;
    this.rejected += answer.rejected;
    this.#duplicates =
      this.#duplicates === undefined || answer.duplicates === undefined
        ? undefined
        : this.#duplicates + answer.duplicates;
  }

  /** The form that scripts read: these names, in this order. */
  toJSON(): Readonly<Record<string, number>> {
    return {
      read: this.read,
      recorded: this.recorded,
      ...(this.duplicates === undefined ? {} : { duplicates: this.duplicates }),
      ignored: this.ignored,
      rejected: this.rejected,
      ...(this.conflicts > 0 ? { conflicts: this.conflicts } : {}),
    };
  }

  toString(): string {
    const { read, ...rest } = this.toJSON();
    return `${read} read: ${Object.entries(rest)
      .map(([name, count]) => `${count} ${name}`)
      .join(', ')}`;
  }
}

/** The service's answer to records sent, as far as the command uses it. */
export interface IngestAnswer {
  readonly read: number;
  readonly recorded: number;
  readonly duplicates?: number;
  readonly conflicts: number;
  readonly ignored: number;
  readonly rejected: number;
  readonly items: readonly IngestItem[];
}

export interface IngestItem {
  readonly item: number;
  readonly status: string;
  readonly reason?: string;
  readonly field?: string;
  readonly deadLetter?: string;
  readonly wouldSupersede?: boolean;
  readonly retried?: { readonly deadLetter: string; readonly closed: boolean };
}
