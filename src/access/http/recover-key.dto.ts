import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsString, Length, Matches } from 'class-validator';

const ID = /^[0-9A-Za-z]{10}$/;

export class RecoverKeyDto {
  @ApiProperty({ description: 'Who holds the new key', minLength: 1, maxLength: 200 })
  @IsString()
  @Length(1, 200)
  readonly name!: string;

  @ApiPropertyOptional({
    pattern: ID.source,
    description: 'Id of the lost key; may be left out when there is only one administrator key',
  })
  @IsOptional()
  @Matches(ID, { message: 'replaces must be the id of a key' })
  readonly replaces?: string;
}
