import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { buildSources } from '../../src/sources/sources.registry.js';

interface RecordFixture {
  readonly given: string;
  /** As the store writes it, wrapping included. */
  readonly record: unknown;
  /** What the source makes of it. */
  readonly then: unknown;
}

const folder = join(import.meta.dirname, '../fixtures/records');
const sources = buildSources();

describe.each(readdirSync(folder))('%s, by its fixtures', (kind) => {
  it.each(readdirSync(join(folder, kind)))('%s', (file) => {
    const text = readFileSync(join(folder, kind, file), 'utf8');
    const { record, then } = JSON.parse(text) as RecordFixture;
    const source = sources.get(kind);

    const understood = source?.unwrap(record).map((item) => source.understand(item));

    expect(understood).toEqual([then]);
    expect(JSON.stringify(understood)).not.toContain('not-for-the-trail');
  });

  it('has every fixture say what it is of', () => {
    for (const file of readdirSync(join(folder, kind))) {
      const { given } = JSON.parse(readFileSync(join(folder, kind, file), 'utf8')) as RecordFixture;
      expect(given).toMatch(/\w.*\.$/);
    }
  });
});

it('has fixtures for every source', () => {
  expect(readdirSync(folder).sort()).toEqual([...sources.keys()].sort());
});
