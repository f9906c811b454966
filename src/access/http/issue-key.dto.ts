import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsDate,
  IsIn,
  IsObject,
  IsOptional,
  IsString,
  Length,
  Matches,
  MinDate,
  ValidateNested,
} from 'class-validator';
import { ROLES, type Role } from '../../domain/principal.js';

const NAMES_LIMIT = 100;

/** What a `log_writer` key may record. A list that is left out does not restrict. */
export class KeyLimitsDto {
  @ApiPropertyOptional({ type: [String], description: 'Kinds of sources' })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(NAMES_LIMIT)
  @Matches(/^[a-z][a-z0-9-]{0,62}$/, { each: true, message: 'each of kinds must be a kind such as vault' })
  readonly kinds?: string[];

  @ApiPropertyOptional({ type: [String], description: 'Instances: names of stores' })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(NAMES_LIMIT)
  @Matches(/^[^\p{Cc}\p{Cs}\uFFFD]{1,256}$/u, {
    each: true,
    message: 'each of instances must be printable text of at most 256 characters',
  })
  readonly instances?: string[];

  @ApiPropertyOptional({ type: [String], description: 'Environments' })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(NAMES_LIMIT)
  @Matches(/^[^\p{Cc}\p{Cs}\uFFFD]{1,63}$/u, {
    each: true,
    message: 'each of environments must be printable text of at most 63 characters',
  })
  readonly environments?: string[];

  @ApiPropertyOptional({ type: [String], description: 'Action classes: the part of an action before the dot' })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(NAMES_LIMIT)
  @Matches(/^[a-z]{1,32}$/, {
    each: true,
    message: 'each of actionClasses must be the part of an action before the dot, such as secret',
  })
  readonly actionClasses?: string[];
}

export class IssueKeyDto {
  @ApiProperty({ description: 'Who holds the key: a person, or a machine by a name of its own', maxLength: 200 })
  @IsString()
  @Length(1, 200)
  readonly name!: string;

  @ApiProperty({ enum: ['person', 'service'] })
  @IsIn(['person', 'service'])
  readonly kind!: 'person' | 'service';

  @ApiProperty({ enum: ROLES })
  @IsIn(ROLES)
  readonly role!: Role;

  @ApiPropertyOptional({ description: "Lets an auditor's key see identities" })
  @IsOptional()
  @IsBoolean()
  readonly identities?: boolean;

  @ApiPropertyOptional({ type: String, format: 'date-time', description: 'From then on the key is not valid' })
  @IsOptional()
  @Type(() => Date)
  @IsDate()
  @MinDate(() => new Date(), { message: 'notAfter must lie in the future' })
  readonly notAfter?: Date;

  @ApiPropertyOptional({ type: KeyLimitsDto })
  @IsOptional()
  // Each item of a list would be checked by itself, and none of them would limit anything.
  @IsObject()
  @ValidateNested()
  @Type(() => KeyLimitsDto)
  readonly limits?: KeyLimitsDto;
}
