import { createHash } from 'node:crypto';
import { type Writable } from 'node:stream';
import { KeytrailError } from '../../domain/errors.js';

const CHUNK = 128 * 1024;

/** Where the bytes of the PDF go: counted and hashed on the way, in pieces large enough for a file. */
export class PdfOutput {
  private readonly hash = createHash('sha256');
  private waiting: Uint8Array[] = [];
  private waitingLength = 0;
  private written = 0;

  constructor(private readonly sink: Writable) {
    sink.on('error', () => undefined); // told by `check`, to whoever waits
  }

  readonly accept = (bytes: Uint8Array): void => {
    this.waiting.push(bytes);
    this.waitingLength += bytes.length;
    if (this.waitingLength >= CHUNK) this.flush();
  };

  /** Resolves once the sink can take more, so that a slow sink does not fill the memory. Throws what the sink threw. */
  async drained(): Promise<void> {
    if (this.sink.writableNeedDrain) await this.happened('drain');
    this.check();
  }

  /** Ends the sink and resolves once it has everything. */
  async finish(): Promise<{ readonly bytes: number; readonly sha256: string }> {
    this.flush();
    await this.drained();
    const finished = this.happened('finish');
    this.sink.end();
    await finished;
    this.check();
    return { bytes: this.written, sha256: this.hash.digest('hex') };
  }

  /** Resolves at the event, and also when the sink fails or closes, as the event may then never come. */
  private async happened(event: 'drain' | 'finish'): Promise<void> {
    await new Promise<void>((resolve) => {
      const names = [event, 'error', 'close'];
      const done = (): void => {
        for (const name of names) this.sink.off(name, done);
        resolve();
      };
      for (const name of names) this.sink.on(name, done);
    });
  }

  private flush(): void {
    const chunk = Buffer.concat(this.waiting);
    this.waiting = [];
    this.waitingLength = 0;
    this.hash.update(chunk);
    this.written += chunk.length;
    if (!this.sink.destroyed && this.sink.errored === null && chunk.length > 0) this.sink.write(chunk);
  }

  private check(): void {
    const { errored, destroyed, writableFinished } = this.sink;
    if (errored !== null) throw errored;
    if (destroyed && !writableFinished) throw new KeytrailError('REPORTING.FAILED', { reason: 'sink_closed' });
  }
}
