import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsIn, IsObject, IsOptional, IsString, MaxLength } from 'class-validator';
import { REPORT_KINDS, type ReportKind } from '../domain/report-run.js';

const TIME_LIMIT = 64;

export class RequestReportDto {
  @ApiProperty({ enum: REPORT_KINDS })
  @IsIn(REPORT_KINDS)
  readonly kind!: ReportKind;

  @ApiProperty({ description: 'Begin of the period: a day (UTC) or an RFC 3339 time', example: '2026-01-01' })
  @IsString()
  @MaxLength(TIME_LIMIT)
  readonly from!: string;

  @ApiProperty({ description: 'End of the period, which does not belong to it', example: '2026-02-01' })
  @IsString()
  @MaxLength(TIME_LIMIT)
  readonly to!: string;

  @ApiPropertyOptional({
    type: Object,
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
