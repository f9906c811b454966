import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { KekStatusReader } from '../../kek/kek-status-reader.js';
import { type KekStatus, KekStatusQuery } from './kek-status.query.js';

@QueryHandler(KekStatusQuery)
export class KekStatusHandler implements IQueryHandler<KekStatusQuery> {
  constructor(private readonly reader: KekStatusReader) {}

  execute(): Promise<KekStatus> {
    return this.reader.read();
  }
}
