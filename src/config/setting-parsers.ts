import { isIP } from 'node:net';
import { resolve } from 'node:path';
import { Secret } from '../domain/secret.js';

/** Turns a setting's text into its value, or says in a few words what it must be. The words never repeat the text. */
export type SettingParser<Value> = (text: string) => { readonly value: Value } | { readonly fault: string };

/** An absolute path; a relative one counts from the working folder. */
export const path: SettingParser<string> = (text) =>
  text.includes('\0') ? { fault: 'must be a path' } : { value: resolve(text) };

export const secretText: SettingParser<Secret<string>> = (text) => ({ value: new Secret(text) });

/** One line that others give a meaning to: a user's name, a scope. */
export const plainText: SettingParser<string> = (text) =>
  /^[^\p{Cc}]{1,500}$/u.test(text)
    ? { value: text }
    : { fault: 'must be 1 to 500 characters without control characters' };

/** What Kafka takes for a topic's name. */
export const topicName: SettingParser<string> = (text) =>
  /^[A-Za-z0-9._-]{1,249}$/.test(text) && !/^\.{1,2}$/.test(text)
    ? { value: text }
    : { fault: 'must be 1 to 249 letters, digits, dots, dashes or underscores' };

/** A name that ends up in every entry: short, without blanks. */
export const shortName: SettingParser<string> = (text) =>
  /^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/.test(text)
    ? { value: text }
    : { fault: 'must be 1 to 63 letters, digits, dots, dashes or underscores' };

export const hostName: SettingParser<string> = (text) =>
  isIP(text) !== 0 || /^[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?$/.test(text)
    ? { value: text }
    : { fault: 'must be a host name or an IP address' };

export function wholeNumber(least: number, most: number): SettingParser<number> {
  return (text) => {
    const value = Number(text);
    return /^\d{1,15}$/.test(text) && value >= least && value <= most
      ? { value }
      : { fault: `must be a whole number from ${least} to ${most}` };
  };
}

export const port = wholeNumber(0, 65_535);

export function oneOf<Value extends string>(allowed: readonly Value[]): SettingParser<Value> {
  return (text) => {
    const value = allowed.find((candidate) => candidate === text);
    return value === undefined ? { fault: `must be one of ${allowed.join(', ')}` } : { value };
  };
}

/** A comma-separated list without doubles; order does not matter. */
export function listOf<Value extends string>(allowed: readonly Value[]): SettingParser<readonly Value[]> {
  return (text) => {
    const wanted = commaSeparated(text);
    const known = allowed.filter((candidate) => wanted.includes(candidate));
    return known.length > 0 && known.length === new Set(wanted).size
      ? { value: known }
      : { fault: `must be a comma-separated list of ${allowed.join(', ')}` };
  };
}

export const addressBlocks: SettingParser<readonly string[]> = (text) => {
  const blocks = commaSeparated(text);
  return blocks.every(isAddressBlock)
    ? { value: blocks }
    : { fault: 'must be a comma-separated list of IP addresses or CIDR blocks' };
};

function isAddressBlock(text: string): boolean {
  const [address = '', bits, ...rest] = text.split('/');
  const family = isIP(address);
  if (family === 0 || rest.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128));
}

function commaSeparated(text: string): readonly string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** `host:port` of servers, separated by commas. */
export const serverAddresses: SettingParser<readonly string[]> = (text) => {
  const addresses = commaSeparated(text);
  return addresses.length > 0 && addresses.every(isServerAddress)
    ? { value: addresses }
    : { fault: 'must be a comma-separated list of host:port' };
};

function isServerAddress(text: string): boolean {
  const [, host = '', digits = ''] = /^(.+):(\d{1,5})$/.exec(text) ?? [];
  const bare = host.replace(/^\[(.*)\]$/, '$1');
  return 'value' in hostName(bare) && 'value' in port(digits) && digits !== '0';
}

/** Where a secret is sent: in clear to this machine only. */
export const secretEndpoint: SettingParser<string> = (text) => {
  const url = URL.parse(text);
  const local = url?.protocol === 'http:' && ['127.0.0.1', '[::1]', 'localhost'].includes(url.hostname);
  return url && (url.protocol === 'https:' || local) && url.username === '' && url.password === ''
    ? { value: url.href }
    : { fault: 'must be an https URL without a user' };
};
