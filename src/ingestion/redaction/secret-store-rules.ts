import { rule, type RedactionRule } from './redaction-rule.js';

/** Credentials of secret stores, and forms that no single vendor owns. Sources: the documentation named before each. */
export const SECRET_STORE_RULES: readonly RedactionRule[] = [
  // HashiCorp Vault, "Tokens", token prefixes since 1.10 (service, batch, recovery).
  rule('vault-token', ['hvs.', 'hvb.', 'hvr.'], /(?<![A-Za-z0-9])hv[sbr]\.[A-Za-z0-9_-]{16,}/g),
  // Vault before 1.10 and OpenBao, "Tokens": s., b., r. and 24 or more letters and digits of both cases.
  rule(
    'vault-legacy-token',
    ['s.', 'b.', 'r.'],
    /(?<![A-Za-z0-9_.-])[sbr]\.(?=[A-Za-z]*\d)(?=[a-z0-9]*[A-Z])(?=[A-Z0-9]*[a-z])[A-Za-z0-9]{24,}(?![A-Za-z0-9-])/g,
  ),
  // 1Password developer docs, "Service accounts" (ops_) and "Secret Key" (A3-).
  rule(
    '1password-credential',
    ['ops_ey', 'a3-'],
    /(?<![A-Za-z0-9])(?:ops_ey[A-Za-z0-9+/_-]{40,}={0,3}|A3-[A-Z0-9]{6}-(?:[A-Z0-9]{11}|[A-Z0-9]{6}-[A-Z0-9]{5})(?:-[A-Z0-9]{5}){3})/g,
  ),
  // Doppler docs, "Auth token formats".
  rule('doppler-token', ['dp.'], /(?<![A-Za-z0-9.])dp\.(?:pt|st|ct|sa|scim|audit|said)\.[A-Za-z0-9._-]{16,}/g),
  // Infisical docs, "Service tokens"; Akeyless ("p-" is an id and stays); Bitwarden Secrets Manager, "Access tokens".
  rule('infisical-token', ['st.'], /(?<![A-Za-z0-9.])st\.[a-f0-9-]{16,}\.[a-f0-9]{16,}(?:\.[a-f0-9]{16,})?/g),
  rule(
    'bitwarden-access-token',
    ['0.'],
    /(?<![A-Za-z0-9.])0\.[a-f0-9]{8}-(?:[a-f0-9]{4}-){3}[a-f0-9]{12}\.[A-Za-z0-9]{20,}:[A-Za-z0-9+/]{16,}={0,2}/g,
  ),
  // age, format specification, "X25519 recipient": identities.
  rule(
    'age-secret-key',
    ['age-secret-key-', 'age-plugin-'],
    /AGE-(?:SECRET-KEY|PLUGIN-[A-Z0-9]{1,20})-1[A-Z0-9]{40,}/g,
  ),
  // Keytrail's own keys: kt_<keyId>_<secret><crc>.
  rule('keytrail-key', ['kt_'], /(?<![A-Za-z0-9])kt_(?:[0-9A-Za-z]{1,12}_){1,2}[0-9A-Za-z]{40,}/g),
  // RFC 7519 and 7516: a JSON object in base64url begins with "eyJ".
  rule(
    'json-web-token',
    ['eyj'],
    /(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{0,4000}(?:\.[A-Za-z0-9_-]{0,4000}){0,3}/g,
  ),
  // RFC 7468 and OpenSSH, PuTTY, OpenPGP private keys; without an end the rest of the text goes.
  rule(
    'private-key',
    ['private key', 'putty-user-key-file'],
    /(?:-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----[^]*?(?:-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----|$(?![^]))|PuTTY-User-Key-File-\d: [^]*$(?![^]))/g,
  ),
  // RFC 3986 section 3.2.1: a password in the authority of a URL, connection strings of databases included.
  rule(
    'url-password',
    ['://'],
    /(?<keep>[A-Za-z][A-Za-z0-9+.-]{1,30}:\/\/)[^\s/?#@:"']{0,256}:[^\s/?#@"']{1,1024}(?=@)/g,
  ),
  // RFC 7617 and 6750: credentials of an Authorization header.
  rule(
    'authorization-header',
    ['basic', 'bearer', 'ssws'],
    /(?<keep>(?<![A-Za-z0-9])(?:[Bb]asic|BASIC|[Bb]earer|BEARER|SSWS)\s{1,4})(?=[^\s"']{0,400}(?:[0-9=]|[a-z][A-Z]))[A-Za-z0-9+/=._~-]{8,}/g,
  ),
  // ADO.NET, libpq, JDBC and query strings: the password's or token's name before "=".
  rule(
    'assigned-secret',
    [
      'password=',
      'passwd=',
      'pwd=',
      'secret=',
      'token=',
      'api_key=',
      'api-key=',
      'apikey=',
      'secret_key=',
      'secretkey=',
    ],
    /(?<keep>(?:passw(?:or)?d|pwd|(?:client|app|consumer)_secret|(?:access|refresh|auth|id|session|api|security)[_-]?token|api[_-]?key|secret_?key)=["']?)(?!\{redacted)[^\s"'&;,{}]{3,}/gi,
  ),
];
