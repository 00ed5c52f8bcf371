import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import type { Permission } from '../../access/permit.ts';
import { connectionOf } from '../connection.ts';
import { ReportKind, ReportTextKind } from '../enums.ts';
import { CountyScalar, MomentScalar } from '../scalars.ts';

@ObjectType('ReportFile', { description: 'A file of an edition, with the hash of its exact bytes.' })
export class ReportFileType {
  @Field(() => String, { description: 'en or es.' })
  language!: string;

  @Field(() => String, { description: 'html, pdf, docx, xlsx or csv.' })
  format!: string;

  @Field(() => String, { description: 'Below the hub’s own address.' })
  address!: string;

  @Field(() => Int, { description: 'Its size.' })
  bytes!: number;

  @Field(() => String, { description: 'SHA-256 of its bytes, in hexadecimal.' })
  sha256!: string;
}

@ObjectType('ReportStep', { description: 'What happened to an edition.' })
export class ReportStepType {
  @Field(() => String, {
    description: 'opened, moved, submitted, made, commented, returned, approved or published.',
  })
  step!: string;

  @Field(() => String, { nullable: true, description: 'By whom; null for what the hub did by itself.' })
  name!: string | null;

  @Field(() => String, { nullable: true, description: 'What was said; null where nothing was.' })
  words!: string | null;

  @Field(() => MomentScalar, { description: 'When.' })
  at!: Date;
}

@ObjectType('ReportEdition', { description: 'An edition of a report, from its draft on.' })
export class ReportEditionType {
  @Field(() => ID, { description: 'Its id.' })
  id!: string;

  @Field(() => ReportKind, { description: 'Which report.' })
  report!: string;

  @Field(() => CountyScalar, { nullable: true, description: 'Its county; null for the whole state.' })
  county!: string | null;

  @Field(() => String, { description: 'The year that it is about.' })
  year!: string;

  @Field(() => Int, { description: 'Its number, from 1; each after the first corrects the one before.' })
  number!: number;

  @Field(() => Int, { description: 'The release that it is made of.' })
  release!: number;

  @Field(() => String, { description: 'How that release stands now: provisional, final or withdrawn.' })
  releaseState!: string;

  @Field(() => String, { description: 'draft, review or published.' })
  state!: string;

  @Field(() => String, { nullable: true, description: 'Why it corrects the edition before it.' })
  because!: string | null;

  @Field(() => MomentScalar, { description: 'When it was opened.' })
  openedAt!: Date;

  @Field(() => MomentScalar, { nullable: true, description: 'When it was published; null until then.' })
  publishedAt!: Date | null;

  readonly permission!: Permission;
}

export const ReportEditionConnection = connectionOf('ReportEdition', ReportEditionType);

@InputType('OpenReportInput', { description: 'Of what a draft is opened.' })
export class OpenReportInput {
  @Field(() => ReportKind, { description: 'Which report.' })
  report!: 'annual' | 'pack' | 'brief';

  @Field(() => CountyScalar, {
    nullable: true,
    description: 'Its county; the whole state where none is named.',
  })
  county?: string | null;

  @Field(() => String, { description: 'The year; of a pack also a quarter, such as 2025-Q3.' })
  year!: string;

  @Field(() => Int, {
    nullable: true,
    description: 'A release that stands; the final one of the year, or the newest, where none is named.',
  })
  release?: number | null;

  @Field(() => String, {
    nullable: true,
    description: 'Why it corrects the edition that is published; asked for where there is one.',
  })
  because?: string | null;
}

@InputType('ReportTextInput', { description: 'What a party writes.' })
export class ReportTextInput {
  @Field(() => ReportTextKind, { description: 'What it is.' })
  kind!: 'practice' | 'strategy' | 'barrier' | 'chapter';

  @Field(() => CountyScalar, { description: 'The county.' })
  county!: string;

  @Field(() => String, { description: 'The year that it is about.' })
  year!: string;

  @Field(() => String, { description: 'The party, by its code in the list `party`.' })
  party!: string;

  @Field(() => String, { description: 'en or es: the language that it is written in.' })
  language!: 'en' | 'es';

  @Field(() => String, { nullable: true, description: 'The heading of a chapter.' })
  title?: string | null;

  @Field(() => String, { description: 'The text; never about one young person.' })
  words!: string;

  @Field(() => ID, { nullable: true, description: 'The text that this is the next version of.' })
  id?: string | null;

  @Field(() => Int, { nullable: true, description: 'The version of it that the writer had seen.' })
  version?: number | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether the text is taken back.' })
  withdrawn?: boolean | null;
}
