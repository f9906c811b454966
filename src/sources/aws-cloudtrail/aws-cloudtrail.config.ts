import type { EnvironmentRule } from '../environment-rules.js';

export const AWS_SCOPES = ['secretsmanager', 'ssm', 'kms', 'sts', 'signin'] as const;
export type AwsScope = (typeof AWS_SCOPES)[number];

/** What an operator may set for this source. */
export interface AwsCloudtrailConfig {
  /** Raised by the operator with every change of this section that would change an entry. From 1. */
  readonly mapping: number;
  /** Services whose events are recorded; everything else is counted as ignored. */
  readonly scope: readonly AwsScope[];
  readonly people: {
    /** Patterns of secret names and parameter paths that hold a person's name at `{person}`. */
    readonly paths: readonly string[];
    /** Patterns of role ARNs that people assume: role + session name is then a person. */
    readonly roles: readonly string[];
  };
  readonly environments: readonly EnvironmentRule[];
}

/** Sign-ins and temporary credentials are access to everything in AWS, not to secrets, so they are off unless asked for. */
export const AWS_CLOUDTRAIL_DEFAULTS: AwsCloudtrailConfig = {
  mapping: 1,
  scope: ['secretsmanager', 'ssm', 'kms'],
  people: { paths: [], roles: [] },
  environments: [],
};
