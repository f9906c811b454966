import type { DropCounter } from '../drop-counter.js';
import { recordAt, type JsonRecord } from '../json-record.js';

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '));
const ruled = (parent: string, names: string): ReadonlyMap<string, string> =>
  new Map(names.split(' ').map((name) => [name, `${parent}.${name}`]));

/** Read here, or Vault's own facts about mount and token that hold nothing of a caller's. */
const RECORD = words('time type auth request response forwarded forwarded_from');
const AUTH = words(
  'accessor display_name policies token_policies identity_policies external_namespace_policies policy_results metadata ' +
    'entity_id entity_created token_type token_ttl token_issue_time num_uses remaining_uses no_default_policy',
);
const METADATA = words(
  'email username upn preferred_username name service_account_name role_name Task AllocationID instance_id project_id ' +
    'cert_name service_account_uid',
);
const REQUEST = words(
  'id operation path namespace mount_point mount_type mount_accessor mount_class mount_running_version ' +
    'mount_running_sha256 mount_is_external_plugin remote_address remote_port client_token_accessor client_id ' +
    'replication_cluster policy_override wrap_ttl client_certificate_serial_number headers',
);
const RESPONSE = words(
  'mount_point mount_type mount_accessor mount_class mount_running_version mount_running_plugin_version ' +
    'mount_running_sha256 mount_is_external_plugin auth',
);
const RECORD_RULES: ReadonlyMap<string, string> = new Map([['error', 'error']]);
const AUTH_RULES = ruled('auth', 'client_token');
const REQUEST_RULES = ruled('request', 'client_token data');
const RESPONSE_RULES = ruled('response', 'data secret wrap_info headers redirect warnings');
const ANSWERED_RULES = ruled('response.auth', 'client_token');
const USER_AGENT = words('user-agent User-Agent');
const NAMESPACE = words('id path');

/** Counts what the map of an entry drops. */
export function countDropped(record: JsonRecord, drops: DropCounter): void {
  const auth = recordAt(record, 'auth');
  const request = recordAt(record, 'request');
  const response = recordAt(record, 'response');
  const answered = recordAt(response, 'auth');
  drops.dropRest(record, RECORD, '*', RECORD_RULES);
  drops.dropRest(auth, AUTH, 'auth.*', AUTH_RULES);
  drops.dropRest(recordAt(auth, 'metadata'), METADATA, 'auth.metadata.*');
  drops.dropRest(request, REQUEST, 'request.*', REQUEST_RULES);
  drops.dropRest(recordAt(request, 'headers'), USER_AGENT, 'request.headers');
  drops.dropRest(recordAt(request, 'namespace'), NAMESPACE, 'request.namespace.*');
  drops.dropRest(response, RESPONSE, 'response.*', RESPONSE_RULES);
  drops.dropRest(answered, AUTH, 'response.auth.*', ANSWERED_RULES);
  drops.dropRest(recordAt(answered, 'metadata'), METADATA, 'response.auth.metadata.*');
}
