import { readFileSync } from 'node:fs';
import { parseDocument } from 'yaml';
import { KeytrailError } from '../domain/errors.js';
import { parseSourcesConfig } from './parse-sources-config.js';
import { SOURCES_DEFAULTS, type SourcesConfig } from './sources.config.js';

/**
 * Reads the sources' file; without one, everything is as by default.
 * @throws KeytrailError CONFIG.INVALID with every fault in `errors`.
 */
export function readSourcesFile(path: string | undefined): SourcesConfig {
  if (path === undefined) return SOURCES_DEFAULTS;
  return parseSourcesConfig(readYaml(path));
}

function readYaml(path: string): unknown {
  const document = parseDocument(readText(path));
  if (document.errors.length > 0) {
    const errors = document.errors.map(({ code, linePos }) => `sources: line ${linePos?.[0].line ?? 1}: ${code}`);
    throw new KeytrailError('CONFIG.INVALID', { errors });
  }
  return document.toJS({ maxAliasCount: 100 });
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    throw new KeytrailError('CONFIG.INVALID', { errors: ['KEYTRAIL_SOURCES_FILE names a file that cannot be read'] });
  }
}
