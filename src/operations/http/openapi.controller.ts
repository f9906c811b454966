import { Controller, Get, Header } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Requires } from '../../platform/http/requires.decorator.js';
import { AnswersWith } from '../../platform/http/schemas/answers-with.decorator.js';
import { OpenApiDocument } from '../openapi-document.js';
import { DESCRIPTION } from './schemas/service-schemas.js';

@ApiTags('operations')
@Controller('openapi.json')
export class OpenApiController {
  constructor(private readonly document: OpenApiDocument) {}

  @ApiOperation({ summary: 'This description' })
  @AnswersWith(DESCRIPTION, 'OpenAPI 3.1')
  @Requires('key')
  @Header('content-type', 'application/json; charset=utf-8')
  @Get()
  read(): string {
    return this.document.text;
  }
}
