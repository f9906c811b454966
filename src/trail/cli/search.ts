import type { KeytrailClient } from '../../platform/cli/keytrail-client.js';
import type { CountKey } from '../queries/count-events/count-events.query.js';

/** Rows of a table unless more are asked for. */
export const SHOWN = 50;

export interface TrailOptions extends Readonly<Record<string, unknown>> {
  readonly limit?: number;
  readonly oldest?: boolean;
  readonly follow?: boolean;
  readonly countsBy?: readonly CountKey[];
}

/** What `keytrail trail` was asked. */
export interface Search {
  readonly client: KeytrailClient;
  readonly parameters: URLSearchParams;
  readonly options: TrailOptions;
  readonly json: boolean;
}
