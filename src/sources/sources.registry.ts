import { AwsCloudtrailSource } from './aws-cloudtrail/aws-cloudtrail.source.js';
import type { Source } from './source.port.js';
import type { SourcesConfig } from './sources.config.js';

/** Every source by its kind. Pure: worker threads build their own from the same configuration. */
export function buildSources(config: SourcesConfig): ReadonlyMap<string, Source> {
  const sources: readonly Source[] = [new AwsCloudtrailSource(config['aws-cloudtrail'])];
  return new Map(sources.map((source) => [source.kind, source]));
}
