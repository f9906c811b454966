import { AWS_CLOUDTRAIL_DEFAULTS, type AwsCloudtrailConfig } from './aws-cloudtrail/aws-cloudtrail.config.js';

/** What an operator may set for each source, by kind. Plain data, so that worker threads can be given it. */
export interface SourcesConfig {
  readonly 'aws-cloudtrail': AwsCloudtrailConfig;
}

export const SOURCES_DEFAULTS: SourcesConfig = { 'aws-cloudtrail': AWS_CLOUDTRAIL_DEFAULTS };
