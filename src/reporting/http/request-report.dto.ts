import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsIn, IsObject, IsOptional, IsString, MaxLength } from 'class-validator';
import { MOMENT } from '../../platform/http/schemas/schema.js';
import { NOT_FOR_REPORTS } from '../domain/not-for-reports.js';
import { REPORT_KINDS, type ReportKind } from '../domain/report-run.js';

const TIME_LIMIT = 64;
const VALUES_LIMIT = 100;
const VALUE = { type: 'string', minLength: 1, maxLength: 1_024 } as const;

/** JSON Schema's, which the types of @nestjs/swagger do not know. */
const NAMES: object = { propertyNames: { not: { enum: [...NOT_FOR_REPORTS] } } };

export class RequestReportDto {
  @ApiProperty({ enum: REPORT_KINDS })
  @IsIn(REPORT_KINDS)
  readonly kind!: ReportKind;

  @ApiProperty({
    description: 'Begin of the period: a day (UTC) or an RFC 3339 time',
    maxLength: TIME_LIMIT,
    pattern: MOMENT.source,
    example: '2026-01-01',
  })
  @IsString()
  @MaxLength(TIME_LIMIT)
  readonly from!: string;

  @ApiProperty({
    description: 'End of the period, which does not belong to it',
    maxLength: TIME_LIMIT,
    pattern: MOMENT.source,
    example: '2026-02-01',
  })
  @IsString()
  @MaxLength(TIME_LIMIT)
  readonly to!: string;

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: { oneOf: [VALUE, { type: 'array', items: VALUE, minItems: 1, maxItems: VALUES_LIMIT }] },
    ...NAMES,
    description: 'Terms of a trail filter, as in GET /v1/events, without a period: values are texts or lists of texts',
    example: { environment: 'production', 'not.source': ['keytrail'] },
  })
  @IsOptional()
  @IsObject()
  readonly filters?: Record<string, unknown>;

  @ApiPropertyOptional({ description: 'Print names beside the subject ids; needs identities:read', default: false })
  @IsOptional()
  @IsBoolean()
  readonly named?: boolean;
}
