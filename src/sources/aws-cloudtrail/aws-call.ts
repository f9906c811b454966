import type { RecordableAction } from '../../domain/action.js';
import type { JsonObject } from '../../domain/canonical-json.js';
import type { Outcome, Reason } from '../../domain/outcome.js';
import type { JsonRecord } from '../json-record.js';

/** One CloudTrail record as the services' maps read it. */
export interface AwsCall {
  readonly record: JsonRecord;
  readonly eventName: string;
  readonly region: string;
  readonly parameters: JsonRecord | undefined;
  readonly response: JsonRecord | undefined;
  /** True where `errorCode` is present. */
  readonly failed: boolean;
  /** AWS did it by itself: what it says of a secret is a full ARN. */
  readonly isServiceEvent: boolean;
}

/** A secret, parameter or key as one record names it. */
export interface AwsSecret {
  readonly store: string;
  readonly region: string;
  /** The account of its ARN, where the record has one. */
  readonly account?: string;
  readonly path: string;
  readonly alias?: string;
  readonly version?: string;
  readonly previousVersion?: string;
  readonly reach?: 'collection';
  readonly valueReturned?: boolean;
}

/** What a service's map makes of a call. */
export interface AwsMeaning {
  readonly action: RecordableAction;
  readonly secrets: readonly AwsSecret[];
  /** Where the event's name, and not `errorCode`, tells how it ended (rotation). */
  readonly outcome?: Outcome;
  readonly reason?: Reason;
  readonly origin?: 'manual' | 'automatic';
  readonly details?: JsonObject;
  readonly derivedFrom?: AwsSecret & { readonly arn: string };
  readonly flags?: readonly string[];
}

/** How one service's events are understood. */
export interface AwsService {
  /** Fields of `requestParameters` that the map reads; all others are dropped. */
  readonly parameters: ReadonlySet<string>;
  /** The same of `responseElements`. */
  readonly response: ReadonlySet<string>;
  /** `undefined` when the call has nothing to do with secrets, keys or access to them. */
  understand(call: AwsCall): AwsMeaning | undefined;
}
