import { Injectable } from '@nestjs/common';
import type { Caller } from '../../domain/caller.js';
import { KeytrailError } from '../../domain/errors.js';
import { callerKeyRequest } from '../../ingestion/committing/own-entry.js';
import { SubjectKeys } from '../../privacy/subject-keys.port.js';
import type { ReportRun } from '../domain/report-run.js';

/** Tells the subject of whoever asks for a report: the one that their acts are recorded under. */
@Injectable()
export class Requesters {
  constructor(private readonly subjects: SubjectKeys) {}

  async of({ principal }: Caller, now: Date): Promise<ReportRun['requestedBy']> {
    const [key] = await this.subjects.resolve([callerKeyRequest(principal, now.toISOString())]);
    if (key?.subject === undefined) throw new KeytrailError('STORAGE.UNAVAILABLE', { part: 'subjects' });
    return { subject: key.subject, kind: principal.actorKind };
  }
}
