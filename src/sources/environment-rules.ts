import { PathPattern } from './path-pattern.js';

/** Gives an environment to what the record tells of. All that a rule names must match; the first rule that fits wins. */
export interface EnvironmentRule {
  readonly environment: string;
  readonly instances?: readonly string[];
  /** Namespaces or regions. */
  readonly scopes?: readonly string[];
  /** Patterns of secret paths (`*` and `**`). */
  readonly paths?: readonly string[];
}

export interface EnvironmentFacts {
  readonly instance?: string | undefined;
  readonly scope?: string | undefined;
  readonly path?: string | undefined;
}

export type EnvironmentOf = (facts: EnvironmentFacts) => string | undefined;

export function environmentRules(rules: readonly EnvironmentRule[]): EnvironmentOf {
  const compiled = rules.map((rule) => ({
    environment: rule.environment,
    instances: rule.instances && new Set(rule.instances),
    scopes: rule.scopes && new Set(rule.scopes),
    paths: rule.paths?.map((path) => new PathPattern(path)),
  }));
  return ({ instance, scope, path }) =>
    compiled.find(
      (rule) =>
        (!rule.instances || (instance !== undefined && rule.instances.has(instance))) &&
        (!rule.scopes || (scope !== undefined && rule.scopes.has(scope))) &&
        (!rule.paths || (path !== undefined && rule.paths.some((pattern) => pattern.matches(path)))),
    )?.environment;
}
