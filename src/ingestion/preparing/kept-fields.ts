import { AWS_ACCESS_KEY_ID } from '../redaction/cloud-rules.js';

/** A text that is kept of an event. */
export interface KeptField {
  /** Names the field in `redactions`. */
  readonly path: string;
  /** In UTF-16 code units. */
  readonly limit: number;
  /** Set when the text was longer. */
  readonly cutFlag: string;
  /** A redaction rule that does not hold here. */
  readonly exceptRule?: string;
}

function field(path: string, limit: number, cutFlag: string): KeptField {
  return { path, limit, cutFlag };
}

/** Every text that is kept, and how much of it. Each is searched for credentials. */
export const KEPT_FIELDS = {
  instance: field('source.instance', 256, 'instance_cut'),
  environment: field('environment', 64, 'environment_cut'),
  nativeId: field('source.nativeId', 256, 'native_id_cut'),
  nativeAction: field('source.nativeAction', 256, 'native_action_cut'),
  role: field('actor.roles', 128, 'roles_cut'),
  authentication: field('actor.authentication', 64, 'authentication_cut'),
  purpose: field('purpose', 64, 'purpose_cut'),
  correlation: field('correlation', 256, 'correlation_cut'),
  derivedFrom: field('correlation.derivedFrom', 1024, 'derived_from_cut'),
  secretStore: field('secrets.store', 64, 'secret_store_cut'),
  secretScope: field('secrets.scope', 256, 'secret_scope_cut'),
  secretVersion: field('secrets.version', 128, 'secret_version_cut'),
  /** Long paths are cut where they are shown; the uid is made of the whole. */
  secretPath: field('secrets.path', Number.POSITIVE_INFINITY, 'path_cut'),
  details: field('details', 1024, 'details_cut'),
  flag: field('flags', 64, 'flags_cut'),
  personNativeId: field('person.nativeId', 2048, 'native_actor_cut'),
  personName: field('person.name', 256, 'name_cut'),
  personEmail: field('person.email', 320, 'email_cut'),
  credentialId: { ...field('credentialId', 512, 'credential_id_cut'), exceptRule: AWS_ACCESS_KEY_ID },
  sessionName: field('sessionName', 256, 'session_name_cut'),
  address: field('address', 256, 'address_cut'),
  userAgent: field('userAgent', 1024, 'user_agent_cut'),
  text: field('text', 2048, 'text_cut'),
} as const satisfies Record<string, KeptField>;

/** How much of a path an entry shows. */
export const SHOWN_PATH_LIMIT = 1024;
/** Items kept of a list; more are cut and flagged. */
export const LIST_LIMITS = { roles: 32, derivedFrom: 16, redactions: 64 } as const;
/** Bytes of all details of one event, in their RFC 8785 form. */
export const DETAILS_LIMIT = 8_192;
