import { Controller, Get, Header } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { Requires } from '../../platform/http/requires.decorator.js';
import { Scrape } from '../scrape.js';

@ApiTags('operations')
@Controller('metrics')
export class MetricsController {
  constructor(private readonly scrape: Scrape) {}

  @ApiOperation({ summary: 'Metrics in the text format of Prometheus' })
  @ApiProduces('text/plain')
  @Requires('metrics:read')
  @Header('content-type', 'text/plain; version=0.0.4; charset=utf-8')
  @Get()
  read(): Promise<string> {
    return this.scrape.text();
  }
}
