/** A body as bytes, decompressed. */
export interface RawBody {
  readonly bytes: Buffer;
  /** The gzip form was broken: `bytes` are as they arrived, and can only become a dead letter. */
  readonly broken?: 'gzip';
}
