import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { parseSourcesConfig } from '../../src/sources/parse-sources-config.js';
import { REJECTION_REASONS } from '../../src/sources/source.port.js';
import { SOURCES_CONFIG_SCHEMA } from '../../src/sources/sources-config.schema.js';
import { buildSources } from '../../src/sources/sources.registry.js';

const page = readFileSync(join(import.meta.dirname, '../../docs/sources.md'), 'utf8');
const example = parse(/```yaml\n(.*?)```/s.exec(page)?.[1] ?? '') as Record<string, Record<string, unknown>>;

describe('the page on sources', () => {
  it('has an example that works', () => {
    expect([...buildSources(parseSourcesConfig(example)).keys()]).toContain('payroll');
  });

  it('shows every setting there is', () => {
    const { properties } = SOURCES_CONFIG_SCHEMA as {
      properties: Record<string, { properties: Record<string, unknown> }>;
    };
    for (const [kind, section] of Object.entries(properties)) {
      expect(Object.keys(example[kind] ?? {}).sort()).toEqual(Object.keys(section.properties).sort());
    }
  });

  it('has, where records are sent, a word on every reason that one is rejected for', () => {
    const sending = readFileSync(join(import.meta.dirname, '../../docs/sending-events.md'), 'utf8');
    for (const reason of REJECTION_REASONS) expect(sending).toContain(`\`${reason}\``);
  });

  it('has a section for every source', () => {
    for (const kind of buildSources().keys()) expect(page).toContain(`\n## ${kind}: `);
  });
});
