const VAULT = [
  'A request that failed before the audit device (sealed store, broken connection) leaves no record.',
  'A page opened in the web interface reads the secret: a recorded read does not show that the value was looked at.',
  'Request and answer are two records; without the answer the outcome is unknown.',
  'A record names no user agent unless the store was set to log that header.',
];

const CLOUDTRAIL = [
  'Records arrive late and out of order; the vendor names no latest time of delivery.',
  'An application that keeps a value it read before makes no call, so later uses are not recorded.',
  'A throttled call, and a batch read by filter alone, may name no secret.',
  'Management events can be switched off or filtered at the trail; what it left out cannot be seen here.',
];

const DECLARED = [
  'Only what the application chose to write is recorded; a record that was left out cannot be told.',
  'The format has no id of its own: two equal records in one delivery count as two events.',
];

const CANONICAL = ['Only what the sender chose to send is recorded; an event that was not sent cannot be told.'];

const LIMITS: ReadonlyMap<string, readonly string[]> = new Map([
  ['vault', VAULT],
  ['aws-cloudtrail', CLOUDTRAIL],
  ['generic-json', DECLARED],
  ['keytrail', CANONICAL],
]);

/** What the records of this kind of source cannot show, whatever they hold. */
export function sourceLimits(kind: string): readonly string[] {
  return LIMITS.get(kind) ?? ['What this kind of source leaves out is not known to Keytrail.'];
}
