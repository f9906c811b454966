import { CLOUD_RULES } from './cloud-rules.js';
import { HintAutomaton } from './hint-automaton.js';
import { PRODUCT_RULES } from './product-rules.js';
import type { RedactionRule } from './redaction-rule.js';
import { SECRET_STORE_RULES } from './secret-store-rules.js';

/** In this order: a URL or an assignment is judged after the tokens in it have been named. */
export const REDACTION_RULES: readonly RedactionRule[] = [...CLOUD_RULES, ...PRODUCT_RULES, ...SECRET_STORE_RULES];

const automaton = new HintAutomaton(REDACTION_RULES.map(({ hints }) => hints));

export interface RedactedText {
  readonly text: string;
  /** Names of the rules that matched, one for each match. */
  readonly rules: readonly string[];
}

/** The text with every credential of a known form replaced by `{redacted: rule}`; `undefined` when there is none. */
export function redactText(text: string, exceptRule?: string): RedactedText | undefined {
  const hinted = automaton.find(text);
  if (!hinted) return undefined;
  const rules: string[] = [];
  let redacted = text;
  for (const index of hinted) {
    const rule = REDACTION_RULES[index];
    if (rule && rule.name !== exceptRule) redacted = replaceMatches(redacted, rule, rules);
  }
  return rules.length > 0 ? { text: redacted, rules } : undefined;
}

function replaceMatches(text: string, { name, pattern }: RedactionRule, rules: string[]): string {
  return text.replace(pattern, (...match: unknown[]) => {
    rules.push(name);
    return `${keptOf(match.at(-1))}{redacted: ${name}}`;
  });
}

function keptOf(groups: unknown): string {
  const keep = typeof groups === 'object' && groups !== null && 'keep' in groups ? groups.keep : '';
  return typeof keep === 'string' ? keep : '';
}
