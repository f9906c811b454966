import { AwsCloudtrailSource } from './aws-cloudtrail/aws-cloudtrail.source.js';
import { GenericJsonSource } from './generic-json/generic-json.source.js';
import { KeytrailSource } from './keytrail/keytrail.source.js';
import type { Source } from './source.port.js';
import { SOURCES_DEFAULTS, type SourcesConfig } from './sources.config.js';
import { VaultSource } from './vault/vault.source.js';

/** Every source by its kind. Pure: worker threads build their own from the same configuration. */
export function buildSources(config: SourcesConfig = SOURCES_DEFAULTS): ReadonlyMap<string, Source> {
  const sources: readonly Source[] = [
    new KeytrailSource(),
    new VaultSource(config.vault),
    new AwsCloudtrailSource(config['aws-cloudtrail']),
    new GenericJsonSource(),
    ...config['generic-json'].formats.map((format) => new GenericJsonSource(format)),
  ];
  return new Map(sources.map((source) => [source.kind, source]));
}
