import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsString, MaxLength } from 'class-validator';
import { PageLimit } from '../../platform/http/page-limit.decorator.js';

export const DEFAULT_LIMIT = 50;
const MOST = 200;
const CURSOR_LENGTH = 64;

export class ReportPageDto {
  @ApiPropertyOptional({ type: String, format: 'uuid', description: '`next` of the page before' })
  @IsOptional()
  @IsString()
  @MaxLength(CURSOR_LENGTH)
  readonly cursor?: string;

  @PageLimit({ most: MOST, usual: DEFAULT_LIMIT })
  readonly limit?: number;
}
