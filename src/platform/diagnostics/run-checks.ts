import { describeError } from '../logging/describe-error.js';
import type { DiagnosticCheck, Finding } from './diagnostic-check.js';

const ORDER = ['bad', 'unknown', 'warning', 'good'] as const;

export interface Diagnosis {
  /** The worst of the findings. */
  readonly state: Finding['state'];
  readonly findings: readonly Finding[];
}

/** Asks every check, each within a bounded time: one that fails or hangs is `unknown`, and the others still answer. */
export async function runChecks(checks: readonly DiagnosticCheck[], wait: number): Promise<Diagnosis> {
  const answers = await Promise.all(checks.map((check) => bounded(check, wait)));
  const findings = answers.flat().sort((a, b) => (a.name < b.name ? -1 : 1));
  const state = ORDER.find((candidate) => findings.some((finding) => finding.state === candidate)) ?? 'unknown';
  return { state, findings };
}

async function bounded(check: DiagnosticCheck, wait: number): Promise<readonly Finding[]> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<readonly Finding[]>((resolve) => {
    timer = setTimeout(() => {
      resolve([failed(check, { waitedMs: wait })]);
    }, wait);
  });
  try {
    return await Promise.race([check.run(), late]);
  } catch (error) {
    const { type, errno = null } = describeError(error);
    return [failed(check, { type, errno })];
  } finally {
    clearTimeout(timer);
  }
}

function failed({ area }: DiagnosticCheck, facts: Finding['facts']): Finding {
  return { name: `${area}.check`, state: 'unknown', facts, advice: 'This could not be checked: see the log.' };
}
