import { ArgsType, Field, Float, ID, Int, ObjectType } from 'type-graphql';
import type { Permission } from '../../access/permit.ts';
import type { Program } from '../../providers/program.ts';
import { connectionOf } from '../connection.ts';
import { FieldValueType } from '../register/register.type.ts';
import { CountyScalar, DateScalar, MomentScalar } from '../scalars.ts';

@ArgsType()
export class SituationArgs {
  @Field(() => CountyScalar, {
    nullable: true,
    description: 'The county near which a program is looked for.',
  })
  near?: string | null;

  @Field(() => [String], { defaultValue: [], description: 'Any of these needs, by their codes in the tree.' })
  need!: string[];

  @Field(() => Int, { nullable: true, description: 'The young person’s age.' })
  age?: number | null;

  @Field(() => String, { nullable: true, description: 'A gender of `programFields`.' })
  gender?: string | null;

  @Field(() => String, { nullable: true, description: 'Involvement with a system, as in `programFields`.' })
  system?: string | null;

  @Field(() => String, { nullable: true, description: 'A language, by its code.' })
  language?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether the young person is pregnant or a parent.' })
  pregnantParenting?: boolean | null;

  @Field(() => String, { nullable: true, description: 'placement or service.' })
  kind?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Only where a place is free.' })
  free?: boolean | null;

  @Field(() => String, { nullable: true, description: 'Words of the names of program and organization.' })
  words?: string | null;
}

@ObjectType('CapacityOfMonth', { description: 'Places of a program in one month.' })
export class CapacityType {
  readonly programId!: string;

  @Field(() => String, { description: 'The month, such as 2026-03.' })
  month!: string;

  @Field(() => String, { description: 'beds, slots or caseload.' })
  unit!: string;

  @Field(() => Int, { description: 'How many there are.' })
  places!: number;

  @Field(() => Int, { nullable: true, description: 'How many are taken; null where nobody said.' })
  occupied!: number | null;

  @Field(() => Int, { nullable: true, description: 'How many young people wait; null where nobody said.' })
  waiting!: number | null;

  @Field(() => Int, { nullable: true, description: 'How many days they wait; null where nobody said.' })
  waitingDays!: number | null;
}

@ObjectType('Provider', { description: 'An organization with programs on the asset map.' })
export class ProviderType {
  @Field(() => ID, { description: 'Names the organization.' })
  id!: string;

  @Field(() => String, { description: 'Its name.' })
  name!: string;
}

@ObjectType('PointOnMap', { description: 'Where an open place lies.' })
export class PointType {
  @Field(() => Float, { description: 'Degrees north.' })
  latitude!: number;

  @Field(() => Float, { description: 'Degrees east.' })
  longitude!: number;
}

@ObjectType('Program', { description: 'A program on the asset map.' })
export class ProgramType {
  readonly source!: Program;
  readonly permission!: Permission;

  @Field(() => ID, { description: 'Names the entry.' })
  id!: string;

  @Field(() => Int, { description: 'Its version.' })
  version!: number;

  @Field(() => String, { description: 'What it is called.' })
  name!: string;

  @Field(() => ProviderType, { description: 'Who runs it.' })
  provider!: ProviderType;

  @Field(() => Boolean, {
    description: 'Whether its place is confidential: it then has no address and no point.',
  })
  confidential!: boolean;

  @Field(() => [CountyScalar], {
    description: 'The counties that it serves; of a confidential place, its region.',
  })
  counties!: readonly string[];

  @Field(() => PointType, {
    nullable: true,
    description: 'Where it lies; null of a confidential place, and where nobody said.',
  })
  point!: PointType | null;

  @Field(() => String, {
    nullable: true,
    description: 'Whom to call; null where there is only an e-mail address.',
  })
  phone!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Where to write; null where there is only a telephone.',
  })
  email!: string | null;

  @Field(() => [FieldValueType], { description: 'All that the entry says, in the order of `programFields`.' })
  fields!: readonly FieldValueType[];

  @Field(() => DateScalar, {
    nullable: true,
    description: 'The day it was last verified; null where nobody did.',
  })
  verifiedOn!: string | null;

  @Field(() => Boolean, { description: 'Whether that is more than six months ago.' })
  stale!: boolean;
}

@ObjectType('ProgramMatch', { description: 'A program that would take the young person of the question.' })
export class MatchType {
  @Field(() => ProgramType, { description: 'The program.' })
  program!: ProgramType;

  @Field(() => Boolean, { description: 'Whether it serves the county that was asked about.' })
  serves!: boolean;

  @Field(() => Int, { nullable: true, description: 'Places that are free; null where nobody said.' })
  free!: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'Miles from the middle of the county, as the crow flies; null of a confidential place.',
  })
  miles!: number | null;
}

export const MatchConnection = connectionOf('ProgramMatch', MatchType);

@ObjectType('CountyOnMap', { description: 'What a county has on the asset map.' })
export class CountyOnMapType {
  @Field(() => CountyScalar, { description: 'The county.' })
  county!: string;

  @Field(() => Int, { description: 'Programs that serve it.' })
  programs!: number;

  @Field(() => Int, { description: 'Their places together.' })
  places!: number;

  @Field(() => Int, { description: 'Those that are free, as far as is known.' })
  free!: number;

  @Field(() => Int, { description: 'Young people who wait.' })
  waiting!: number;
}

@ObjectType('AssetMap', { description: 'The asset map, county by county.' })
export class AssetMapType {
  @Field(() => Int, { description: 'Programs in all.' })
  programs!: number;

  @Field(() => Int, { description: 'Those whose place is confidential.' })
  confidential!: number;

  @Field(() => [CountyOnMapType], { description: 'Each county.' })
  counties!: CountyOnMapType[];
}

@ObjectType('EarlierProgram', { description: 'What an entry said before.' })
export class EarlierProgramType {
  readonly programId!: string;

  @Field(() => Int, { description: 'The version.' })
  version!: number;

  @Field(() => MomentScalar, { description: 'When the next one took its place.' })
  replacedAt!: Date;
}
