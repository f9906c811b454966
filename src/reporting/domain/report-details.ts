import type { ReportRequestDetails } from '../../domain/details.js';
import type { ReportRun } from './report-run.js';

/** What the events about a run tell of it: which part of the trail, and whether with clear names. No personal data. */
export function reportDetails({ id, request, requestedBy }: ReportRun): ReportRequestDetails {
  const { kind, period, scope, named } = request;
  return {
    report: id,
    kind,
    from: period.from,
    to: period.to,
    filters: scope.filters,
    identities: named,
    requestedBy: requestedBy.subject,
  };
}
