import { ApiProperty } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import { EXPORT_FORMATS, type ExportFormatName } from '../queries/export-events/export-format.js';
import { FilterDto } from './filter.dto.js';

export class ExportEventsDto extends FilterDto {
  @ApiProperty({ enum: EXPORT_FORMATS })
  @IsIn(EXPORT_FORMATS)
  readonly format!: ExportFormatName;
}
