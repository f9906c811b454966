import { Controller, Get, Header } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Requires } from '../../platform/http/requires.decorator.js';
import { Scrape } from '../scrape.js';

@ApiTags('operations')
@Controller('metrics')
export class MetricsController {
  constructor(private readonly scrape: Scrape) {}

  @ApiOperation({ summary: 'Metrics in the text format of Prometheus' })
  @ApiOkResponse({ description: 'Version 0.0.4 of it', content: { 'text/plain': { schema: { type: 'string' } } } })
  @Requires('metrics:read')
  @Header('content-type', 'text/plain; version=0.0.4; charset=utf-8')
  @Get()
  read(): Promise<string> {
    return this.scrape.text();
  }
}
