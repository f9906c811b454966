/** Longer than any closing statement: it repeats the filter, which is bounded. */
const TAIL_BYTES = 1_048_576;

/** Looks at the end of an export as it goes by: only its closing statement shows that nothing is missing. */
export class ExportEnd {
  #tail = Buffer.alloc(0);

  see(chunk: Uint8Array): void {
    const joined = Buffer.concat([this.#tail, chunk]);
    this.#tail = joined.length > TAIL_BYTES ? joined.subarray(-TAIL_BYTES) : joined;
  }

  get isComplete(): boolean {
    const lines = this.#tail.toString('utf8').trimEnd().split('\n');
    const last = lines.at(-1) ?? '';
    return isStatement(last.trimEnd());
  }
}

function isStatement(line: string): boolean {
  if (line.startsWith('"export",')) return line.includes('""complete"":true');
  try {
    const { export: statement } = JSON.parse(line) as { export?: { complete?: unknown } };
    return statement?.complete === true;
  } catch {
    return false;
  }
}
