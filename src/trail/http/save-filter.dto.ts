import { ApiProperty } from '@nestjs/swagger';
import { IsObject, IsString, Length } from 'class-validator';
import { FILTER_PROPERTIES } from './schemas/filter-schemas.js';

const TITLE_LENGTH = 200;

export class SaveFilterDto {
  @ApiProperty({ description: 'What you call it', minLength: 1, maxLength: TITLE_LENGTH })
  @IsString()
  @Length(1, TITLE_LENGTH)
  readonly title!: string;

  @ApiProperty({
    type: 'object',
    properties: FILTER_PROPERTIES,
    additionalProperties: false,
    description: 'Terms as in a query: `{"action": "secret.read", "not.source": ["vault"], "from": "2026-11-01"}`',
  })
  @IsObject()
  readonly filter!: Record<string, unknown>;
}
