import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { KeytrailError } from '../domain/errors.js';
import { parseSourcesConfig } from './parse-sources-config.js';
import { readSourcesFile } from './read-sources-file.js';
import { SOURCES_DEFAULTS } from './sources.config.js';
import { buildSources } from './sources.registry.js';

function faults(read: () => unknown): unknown {
  try {
    read();
  } catch (error) {
    if (error instanceof KeytrailError && error.code === 'CONFIG.INVALID') return error.facts['errors'];
    throw error;
  }
  return [];
}

const FORMAT = { kind: 'payroll', fields: { secret: 'name' }, actions: [{ action: 'secret.read' }] };

describe('the configuration of sources', () => {
  it.each([undefined, null, {}])('is as by default where %j is written', (written) => {
    expect(parseSourcesConfig(written)).toEqual(SOURCES_DEFAULTS);
  });

  it('fills what a section leaves out', () => {
    const config = parseSourcesConfig({
      vault: { mounts: [{ path: 'kv/', type: 'kv', version: 2 }] },
      'aws-cloudtrail': { people: { roles: ['arn:aws:iam::*:role/people/*'] } },
      'generic-json': { formats: [FORMAT] },
    });
    expect(config.vault).toMatchObject({ people: { paths: [] }, environments: [] });
    expect(config['aws-cloudtrail']).toMatchObject({ scope: ['secretsmanager', 'ssm', 'kms'], people: { paths: [] } });
    expect(config['generic-json'].formats[0]).toMatchObject({ mapping: 1, actions: [{ when: {} }], defaults: {} });
  });

  it("raises a source's mapping with the operator's, which is counted and not dated", () => {
    const config = parseSourcesConfig({ vault: { mapping: 3 }, 'aws-cloudtrail': { mapping: 2 } });
    const sources = buildSources(config);
    const defaults = buildSources();
    expect([sources.get('vault')?.mapping, sources.get('aws-cloudtrail')?.mapping]).toEqual([
      (defaults.get('vault')?.mapping ?? 0) + 2,
      (defaults.get('aws-cloudtrail')?.mapping ?? 0) + 1,
    ]);
    expect(faults(() => parseSourcesConfig({ vault: { mapping: 20_261_122 } }))).toEqual([
      'sources.vault.mapping must be <= 1000',
    ]);
  });

  it('lists every fault, and repeats no value', () => {
    const written = {
      vaults: {},
      vault: { mounts: [{ path: 7 }], people: { paths: 'planted' } },
      'aws-cloudtrail': { scope: ['planted'] },
      'generic-json': { formats: [{ ...FORMAT, actions: [{ action: 'planted' }] }] },
    };
    const errors = faults(() => parseSourcesConfig(written));
    expect(errors).toEqual(
      expect.arrayContaining([
        'sources has no setting "vaults"',
        "sources.vault.mounts.0 must have required property 'type'",
        'sources.vault.mounts.0.path must be string',
        'sources.vault.people.paths must be array',
        'sources.aws-cloudtrail.scope.0 must be one of secretsmanager, ssm, kms, sts, signin',
      ]),
    );
    expect(JSON.stringify(errors)).not.toContain('planted');
  });

  it('lists patterns that are none and kinds that are taken', () => {
    const written = {
      vault: {
        people: { paths: ['ok/{person}', 'a/**/b'] },
        environments: [{ environment: 'p', paths: ['x/*{person}'] }],
      },
      'generic-json': { formats: [{ ...FORMAT, kind: 'vault' }, FORMAT, FORMAT] },
    };
    expect(faults(() => parseSourcesConfig(written))).toEqual([
      'sources.vault.people.paths.1: ** can only be the last segment',
      'sources.vault.environments.0.paths.0: a segment can hold one wildcard',
      'sources.generic-json.formats.0.kind is taken by another source',
      'sources.generic-json.formats.2.kind is taken by another source',
    ]);
  });

  it('builds every source, the configured forms included', () => {
    const config = parseSourcesConfig({ 'generic-json': { formats: [FORMAT] } });
    expect([...buildSources(config).keys()]).toEqual([
      'keytrail',
      'vault',
      'aws-cloudtrail',
      'generic-json',
      'payroll',
    ]);
    // Worker threads are given it as it is.
    expect(structuredClone(config)).toEqual(config);
  });

  describe('in a file', () => {
    const file = (text: string): string => {
      const path = join(mkdtempSync(join(tmpdir(), 'keytrail-sources-')), 'sources.yaml');
      writeFileSync(path, text);
      return path;
    };

    it('is read', () => {
      expect(readSourcesFile(file('vault:\n  people:\n    paths: ["kv/{person}"]\n')).vault.people.paths).toEqual([
        'kv/{person}',
      ]);
      expect(readSourcesFile(file(''))).toEqual(SOURCES_DEFAULTS);
      expect(readSourcesFile(undefined)).toBe(SOURCES_DEFAULTS);
    });

    it('tells where it is broken', () => {
      expect(faults(() => readSourcesFile(file('vault:\n  a: [planted\n')))).toEqual([
        expect.stringMatching(/^sources: line \d+: [A-Z_]+$/),
      ]);
      expect(faults(() => readSourcesFile('/nowhere/sources.yaml'))).toEqual([
        'KEYTRAIL_SOURCES_FILE names a file that cannot be read',
      ]);
    });
  });
});
