import { Controller, Get, Header } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Requires } from '../../platform/http/requires.decorator.js';
import { OpenApiDocument } from '../openapi-document.js';

@ApiTags('operations')
@Controller('openapi.json')
export class OpenApiController {
  constructor(private readonly document: OpenApiDocument) {}

  @ApiOperation({ summary: 'This description' })
  @Requires('key')
  @Header('content-type', 'application/json; charset=utf-8')
  @Get()
  read(): string {
    return this.document.text;
  }
}
