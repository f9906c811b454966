import type { SettingParser } from './setting-parsers.js';

/** One environment variable: how it is read, and what holds when it is not set. */
export interface Setting<Value = unknown> {
  readonly parse: SettingParser<Value>;
  readonly otherwise: Value;
}

export function setting<Value>(parse: SettingParser<Value>, otherwise: NoInfer<Value>): Setting<Value> {
  return { parse, otherwise };
}

export function optional<Value>(parse: SettingParser<Value>): Setting<Value | undefined> {
  return { parse, otherwise: undefined };
}
