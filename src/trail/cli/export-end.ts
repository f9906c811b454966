/** Longer than any closing statement: it repeats the filter, which is bounded. */
const TAIL_BYTES = 1_048_576;

export interface ExportStatement {
  readonly complete: boolean;
  readonly events: number;
  readonly asOf: string;
}

/** Looks at the end of an export as it goes by: only its closing statement shows that nothing is missing. */
export class ExportEnd {
  #tail = Buffer.alloc(0);

  see(chunk: Uint8Array): void {
    const joined = Buffer.concat([this.#tail, chunk]);
    this.#tail = joined.length > TAIL_BYTES ? joined.subarray(-TAIL_BYTES) : joined;
  }

  get hasBegun(): boolean {
    return this.#tail.length > 0;
  }

  /** What the export says of itself; nothing where it does not end with saying that it is complete. */
  get statement(): ExportStatement | undefined {
    const lines = this.#tail.toString('utf8').trimEnd().split('\n');
    const line = (lines.at(-1) ?? '').trimEnd();
    try {
      const { export: said } = JSON.parse(asJson(line)) as { export?: ExportStatement };
      return said?.complete === true ? said : undefined;
    } catch {
      return undefined;
    }
  }
}

/** The row of a CSV has the statement in its second cell, its quotes doubled. */
function asJson(line: string): string {
  const cell = /^"export","((?:[^"]|"")*)"/.exec(line)?.[1];
  return cell === undefined ? line : `{"export":${cell.replaceAll('""', '"')}}`;
}
