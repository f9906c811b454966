import { hash } from 'node:crypto';
import { canonicalJson } from '../../domain/canonical-json.js';
import { replaceHostileValues } from '../../domain/hostile-text.js';
import { explain } from '../../sources/explain.js';
import type { Source } from '../../sources/source.port.js';
import type { ExplainedRecord } from './describe-record.js';
import type { FileRecord } from './record-splitter.js';

/** As deep as ingestion reads. */
const DEEPEST = 64;

/** What a record of a file would be recorded as; several where it wraps several. */
export function explainRecords(source: Source, record: FileRecord): readonly ExplainedRecord[] {
  const place = { line: record.line, byte: record.byte };
  const rejected = (reason: string): readonly ExplainedRecord[] => [
    { ...place, result: 'rejected', reason, events: [], dropped: [] },
  ];
  if (!record.bytes) return rejected('too_long');
  if (record.depth > DEEPEST) return rejected('too_deep');
  const value = parse(record.bytes);
  if (value === undefined) return rejected('not_json');
  const safe = replaceHostileValues(value);
  const natives = source.unwrap(safe);
  return explain(source, safe).records.map((explained, index) => ({
    ...place,
    ...explained,
    digest: hash('sha256', canonicalJson(natives[index]), 'hex'),
  }));
}

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8'));
  } catch {
    return undefined;
  }
}
