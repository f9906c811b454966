import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { type Writable } from 'node:stream';

const CHUNK = 128 * 1024;

/** Where the bytes of the PDF go: counted and hashed on the way, in pieces large enough for a file. */
export class PdfOutput {
  private readonly hash = createHash('sha256');
  private waiting: Uint8Array[] = [];
  private waitingLength = 0;
  private written = 0;
  private failure: Error | undefined;
  private full = false;

  constructor(private readonly sink: Writable) {
    sink.on('error', (failure) => {
      this.failure ??= failure;
    });
  }

  readonly accept = (bytes: Uint8Array): void => {
    this.waiting.push(bytes);
    this.waitingLength += bytes.length;
    if (this.waitingLength >= CHUNK) this.flush();
  };

  /** Resolves once the sink can take more, so that a slow sink does not fill the memory. Throws what the sink threw. */
  async drained(): Promise<void> {
    if (this.full && this.failure === undefined) await once(this.sink, 'drain');
    this.full = false;
    if (this.failure !== undefined) throw this.failure;
  }

  /** Ends the sink and resolves once it has everything. */
  async finish(): Promise<{ readonly bytes: number; readonly sha256: string }> {
    this.flush();
    await this.drained();
    const finished = once(this.sink, 'finish');
    this.sink.end();
    await finished;
    return { bytes: this.written, sha256: this.hash.digest('hex') };
  }

  private flush(): void {
    const chunk = Buffer.concat(this.waiting);
    this.waiting = [];
    this.waitingLength = 0;
    this.hash.update(chunk);
    this.written += chunk.length;
    if (this.failure === undefined && chunk.length > 0) this.full = !this.sink.write(chunk);
  }
}
