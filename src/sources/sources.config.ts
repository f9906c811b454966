import { AWS_CLOUDTRAIL_DEFAULTS, type AwsCloudtrailConfig } from './aws-cloudtrail/aws-cloudtrail.config.js';
import type { GenericFormat } from './generic-json/generic-format.js';
import { VAULT_DEFAULTS, type VaultConfig } from './vault/vault.config.js';

export interface GenericJsonConfig {
  /** Forms of JSON beside the users' own; each is a source of its own, by its kind. */
  readonly formats: readonly GenericFormat[];
}

/** What an operator may set for each source, by kind. Plain data, so that worker threads can be given it. */
export interface SourcesConfig {
  readonly vault: VaultConfig;
  readonly 'aws-cloudtrail': AwsCloudtrailConfig;
  readonly 'generic-json': GenericJsonConfig;
}

export const SOURCES_DEFAULTS: SourcesConfig = {
  vault: VAULT_DEFAULTS,
  'aws-cloudtrail': AWS_CLOUDTRAIL_DEFAULTS,
  'generic-json': { formats: [] },
};

/** The sources that are always there. */
export const BUILT_IN_KINDS = ['keytrail', 'vault', 'aws-cloudtrail', 'generic-json'] as const;
