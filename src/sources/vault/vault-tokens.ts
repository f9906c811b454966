import { recordAt, textAt, type JsonRecord } from '../json-record.js';

const HASHED = 'hmac-sha256:';

/** True where a token stands in the record as it is: the audit device logs raw, and everything in it may be a value. */
export function isRawDevice(record: JsonRecord): boolean {
  const auth = recordAt(record, 'auth');
  const request = recordAt(record, 'request');
  const response = recordAt(record, 'response');
  const tokens = [
    textAt(auth, 'client_token'),
    textAt(request, 'client_token'),
    textAt(recordAt(response, 'auth'), 'client_token'),
    textAt(recordAt(response, 'wrap_info'), 'token'),
  ];
  return tokens.some((token) => token !== undefined && !token.startsWith(HASHED));
}

/** A hash that stands for the credential. Each device salts its own, so it tells credentials apart on one device only. */
export function credentialHash(auth: JsonRecord | undefined, request: JsonRecord): string | undefined {
  const hashes = [
    textAt(auth, 'accessor'),
    textAt(request, 'client_token_accessor'),
    textAt(auth, 'client_token'),
    textAt(request, 'client_token'),
  ];
  return hashes.find((hash) => hash?.startsWith(HASHED));
}
