import type { Attachment, ReportDocument } from '../pdf/report-document.js';
import { accessSection } from './access.section.js';
import { changesSection } from './changes.section.js';
import { countsSection } from './counts.section.js';
import { cover, marking, TITLE } from './cover.js';
import { failuresSection } from './failures.section.js';
import { methodSection } from './method.section.js';
import type { SecretActivityFacts } from './secret-activity-facts.js';
import { sourcesSection } from './sources.section.js';
import { summarySection } from './summary.section.js';
import { turnoverSection } from './turnover.section.js';

/** The pages of the report: a pure function of its facts and files, so that the same run makes the same pages. */
export function secretActivityDocument(facts: SecretActivityFacts, attachments: readonly Attachment[]): ReportDocument {
  return {
    runId: facts.runId,
    madeAt: new Date(facts.start.at),
    producer: `Keytrail ${facts.start.version}`,
    title: TITLE,
    marking: marking(facts.request.named),
    cover: cover(facts),
    sections: SECTIONS.map((section) => section(facts)),
    attachments,
  };
}

const SECTIONS = [
  summarySection,
  accessSection,
  failuresSection,
  changesSection,
  turnoverSection,
  sourcesSection,
  countsSection,
  methodSection,
] as const;
