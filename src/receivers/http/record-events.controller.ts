import type { IncomingHttpHeaders } from 'node:http';
import { Body, Controller, Header, Headers, HttpCode, Param, Post, Query } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Caller } from '../../domain/caller.js';
import { RecordEventsCommand } from '../../ingestion/commands/record-events/record-events.command.js';
import type { RawBody } from '../../platform/http/bodies/raw-body.js';
import { CurrentCaller } from '../../platform/http/current-caller.decorator.js';
import { Requires } from '../../platform/http/requires.decorator.js';
import { PathText } from '../../platform/http/schemas/path-text.decorator.js';
import { matching } from '../../platform/http/schemas/schema.js';
import { deliveryOf, KIND, type Arrival } from './delivery.js';
import { DeliveryQueryDto } from './delivery-query.dto.js';
import { recordedAnswer } from './recorded-answer.js';
import { DescribesDelivery } from './schemas/describes-delivery.decorator.js';

/** The kind of the source that understands canonical events. */
const CANONICAL = 'keytrail';
const JSON_TYPE = 'application/json; charset=utf-8';

/** The way in over HTTP: bytes become a delivery, and a delivery a command. */
@ApiTags('recording')
@Controller('v1')
export class RecordEventsController {
  constructor(private readonly commands: CommandBus) {}

  @ApiOperation({ summary: 'Record canonical events: one object, an array, or NDJSON, plain or gzip' })
  @DescribesDelivery()
  @Requires('events:write', { rawBody: true })
  @Header('content-type', JSON_TYPE)
  @HttpCode(200)
  @Post('events')
  recordEvents(
    @Body() body: RawBody | undefined,
    @Headers() headers: IncomingHttpHeaders,
    @Query() query: DeliveryQueryDto,
    @CurrentCaller() caller: Caller,
  ): Promise<string> {
    return this.#record({ kind: CANONICAL, body, headers, query }, caller);
  }

  @ApiOperation({ summary: "Record a store's own records: one, an array, NDJSON or the store's wrapping" })
  @PathText('kind', matching(KIND, 'Kind of source, such as `vault`'))
  @DescribesDelivery()
  @Requires('events:write', { rawBody: true })
  @Header('content-type', JSON_TYPE)
  @HttpCode(200)
  @Post('sources/:kind/records')
  // One parameter for each part of a request is what the framework asks for.
  // eslint-disable-next-line no-restricted-syntax
  recordNative(
    @Param('kind') kind: string,
    @Body() body: RawBody | undefined,
    @Headers() headers: IncomingHttpHeaders,
    @Query() query: DeliveryQueryDto,
    @CurrentCaller() caller: Caller,
  ): Promise<string> {
    return this.#record({ kind, body, headers, query }, caller);
  }

  async #record(arrival: Arrival, caller: Caller): Promise<string> {
    const result = await this.commands.execute(new RecordEventsCommand(deliveryOf(arrival), caller));
    return recordedAnswer(result, arrival.query.items === 'failed');
  }
}
