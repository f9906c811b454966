import { Ajv, type ErrorObject } from 'ajv';
import { KeytrailError } from '../domain/errors.js';
import type { EnvironmentRule } from './environment-rules.js';
import type { ActionRule, GenericFormat } from './generic-json/generic-format.js';
import { pathPatternFault } from './path-pattern.js';
import { SOURCES_CONFIG_SCHEMA } from './sources-config.schema.js';
import { BUILT_IN_KINDS, SOURCES_DEFAULTS, type SourcesConfig } from './sources.config.js';

type Optional<Section> = { readonly [Field in keyof Section]?: Section[Field] };
type WrittenRule = Omit<ActionRule, 'when'> & Optional<Pick<ActionRule, 'when'>>;
type WrittenFormat = Pick<GenericFormat, 'kind' | 'fields'> &
  Optional<Omit<GenericFormat, 'actions'>> & { readonly actions: readonly WrittenRule[] };
interface WrittenConfig {
  readonly vault?: Optional<SourcesConfig['vault']>;
  readonly 'aws-cloudtrail'?: Optional<Omit<SourcesConfig['aws-cloudtrail'], 'people'>> & {
    readonly people?: Optional<SourcesConfig['aws-cloudtrail']['people']>;
  };
  readonly 'generic-json'?: { readonly formats?: readonly WrittenFormat[] };
}

const fits = new Ajv({ strict: true, allErrors: true, allowUnionTypes: true }).compile<WrittenConfig>(
  SOURCES_CONFIG_SCHEMA,
);

/**
 * The sources' configuration out of a parsed file; what is left out is as by default.
 * @throws KeytrailError CONFIG.INVALID with every fault in `errors`; a fault never repeats a value.
 */
export function parseSourcesConfig(written: unknown): SourcesConfig {
  const value = written ?? {};
  if (!fits(value)) throw invalid((fits.errors ?? []).filter(isTelling).map(faultOf));
  const config = withDefaults(value);
  const faults = [...patternFaults(config), ...kindFaults(config)];
  if (faults.length > 0) throw invalid(faults);
  return config;
}

function invalid(errors: readonly string[]): KeytrailError {
  return new KeytrailError('CONFIG.INVALID', { errors: [...new Set(errors)] });
}

function isTelling(error: ErrorObject): boolean {
  return error.keyword !== 'anyOf';
}

function faultOf({ instancePath, keyword, params, message = 'is not valid' }: ErrorObject): string {
  const place = `sources${instancePath.replaceAll('/', '.')}`;
  const { additionalProperty, allowedValues } = params as { additionalProperty?: string; allowedValues?: unknown[] };
  if (keyword === 'additionalProperties') return `${place} has no setting ${JSON.stringify(additionalProperty)}`;
  if (keyword === 'enum') return `${place} must be one of ${(allowedValues ?? []).join(', ')}`;
  return `${place} ${message}`;
}

function withDefaults(written: WrittenConfig): SourcesConfig {
  const vault = SOURCES_DEFAULTS.vault;
  const aws = SOURCES_DEFAULTS['aws-cloudtrail'];
  const writtenAws = written['aws-cloudtrail'];
  return {
    vault: { ...vault, ...written.vault, people: { ...vault.people, ...written.vault?.people } },
    'aws-cloudtrail': { ...aws, ...writtenAws, people: { ...aws.people, ...writtenAws?.people } },
    'generic-json': { formats: (written['generic-json']?.formats ?? []).map(formatOf) },
  };
}

function formatOf(written: WrittenFormat): GenericFormat {
  return {
    title: `JSON events of ${written.kind}`,
    mapping: 1,
    outcomes: {},
    reasons: {},
    origins: {},
    defaults: {},
    ...written,
    actions: written.actions.map((rule) => ({ when: {}, ...rule })),
  };
}

function patternFaults({ vault, 'aws-cloudtrail': aws }: SourcesConfig): string[] {
  const lists: readonly (readonly [place: string, patterns: readonly string[]])[] = [
    ['sources.vault.people.paths', vault.people.paths],
    ['sources.aws-cloudtrail.people.paths', aws.people.paths],
    ['sources.aws-cloudtrail.people.roles', aws.people.roles],
    ...environmentPatterns('sources.vault', vault.environments),
    ...environmentPatterns('sources.aws-cloudtrail', aws.environments),
  ];
  return lists.flatMap(([place, patterns]) =>
    patterns.flatMap((pattern, index) => {
      const fault = pathPatternFault(pattern);
      return fault === undefined ? [] : [`${place}.${index}: ${fault}`];
    }),
  );
}

function environmentPatterns(
  place: string,
  rules: readonly EnvironmentRule[],
): readonly (readonly [string, readonly string[]])[] {
  return rules.map((rule, index) => [`${place}.environments.${index}.paths`, rule.paths ?? []]);
}

function kindFaults({ 'generic-json': { formats } }: SourcesConfig): string[] {
  const taken = new Set<string>(BUILT_IN_KINDS);
  return formats.flatMap(({ kind }, index) => {
    if (taken.has(kind)) return [`sources.generic-json.formats.${index}.kind is taken by another source`];
    taken.add(kind);
    return [];
  });
}
