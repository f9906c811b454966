/** An Amazon resource name: `arn:partition:service:region:account:resource`. */
export interface AwsArn {
  readonly service: string;
  readonly region: string;
  readonly account: string;
  /** Everything behind the account: `secret:name-AbCdEf`, `parameter/a/b`, `key/1234`, `assumed-role/r/session`. */
  readonly resource: string;
}

export function parseArn(text: string): AwsArn | undefined {
  if (!text.startsWith('arn:')) return undefined;
  const [, , service, region, account, ...rest] = text.split(':');
  const resource = rest.join(':');
  if (!service || region === undefined || account === undefined || resource === '') return undefined;
  return { service, region, account, resource };
}
