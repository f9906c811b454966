import { spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const days = '30';
const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];

/**
 * A certificate for 127.0.0.1 and localhost, and the authority that signed it, as PEM files; made once in a folder.
 * @param {string} folder
 * @returns {{ key: string, certificate: string, authority: string }} paths
 */
export function certificates(folder) {
  const file = (name) => join(folder, name);
  const made = {
    key: file('tls-key.pem'),
    certificate: file('tls-certificate.pem'),
    authority: file('tls-authority.pem'),
  };
  if (existsSync(made.certificate)) return made;
  const authority = [
    '-subj',
    '/CN=Keytrail test authority',
    '-keyout',
    file('tls-authority-key.pem'),
    '-out',
    made.authority,
  ];
  openssl('req', '-x509', '-days', days, ...key, ...authority);
  openssl('req', '-new', ...key, '-subj', '/CN=localhost', '-keyout', made.key, '-out', file('tls-request.pem'));
  writeFileSync(file('tls-names.txt'), 'subjectAltName=IP:127.0.0.1,DNS:localhost\n');
  const signer = ['-CA', made.authority, '-CAkey', file('tls-authority-key.pem'), '-CAcreateserial'];
  const signed = ['-extfile', file('tls-names.txt'), '-out', made.certificate];
  openssl('x509', '-req', '-days', days, '-in', file('tls-request.pem'), ...signer, ...signed);
  return made;
}

function openssl(...args) {
  const { status, error, stderr } = spawnSync('openssl', args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`openssl failed: ${error?.message ?? ''} ${stderr}`);
}
