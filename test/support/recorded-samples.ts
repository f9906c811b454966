import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sharedPath } from './shared.js';

/** A recorded record, and the file it stands in. */
export interface RecordedSample {
  readonly file: string;
  readonly record: Readonly<Record<string, unknown>>;
}

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((item) =>
    item.isDirectory() ? filesBelow(join(folder, item.name)) : [join(folder, item.name)],
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** CloudTrail records out of what collections of samples keep them in: rule tests, parser tests, files, lines. */
function cloudtrailIn(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  if (typeof value === 'string') return value.trimStart().startsWith('{') ? cloudtrailIn(parsed(value)) : [];
  if (Array.isArray(value)) return value.flatMap(cloudtrailIn);
  if (typeof value !== 'object' || value === null) return [];
  const record = value as Readonly<Record<string, unknown>>;
  if ('eventVersion' in record || 'eventSource' in record) return [record];
  return Object.values(record).flatMap(cloudtrailIn);
}

export function recordedCloudtrail(): readonly RecordedSample[] {
  const folder = sharedPath('samples/aws_cloudtrail');
  return filesBelow(folder)
    .filter((file) => /\.(json|raw|log)$/.test(file) && !file.endsWith('summary.json'))
    .flatMap((file) =>
      cloudtrailIn(parsed(readFileSync(file, 'utf8'))).map((record) => ({
        file: file.slice(folder.length + 1),
        record,
      })),
    );
}

export function recordedVault(): readonly RecordedSample[] {
  const file = sharedPath('samples/vault/elastic_integrations/test-audit.log');
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => ({ file: 'test-audit.log', record: JSON.parse(line) as Readonly<Record<string, unknown>> }));
}

/** Secret material that stands in the samples: none of it may come out. */
export function canariesOfSamples(): readonly string[] {
  const { canaries } = parsed(readFileSync(sharedPath('samples/canaries.json'), 'utf8')) as {
    canaries: readonly { value: string; decoded: string | null }[];
  };
  return canaries.flatMap(({ value, decoded }) => (decoded === null ? [value] : [value, decoded]));
}
