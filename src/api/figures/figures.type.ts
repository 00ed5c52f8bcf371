import { ArgsType, Field, Float, InputType, Int, ObjectType } from 'type-graphql';
import type { AskedTable } from '../../disclosure/asked-table.ts';
import type { ReleaseFigure } from '../../disclosure/release/release-figures.ts';
import type { ReleaseEntity } from '../../disclosure/release.entity.ts';
import { connectionOf } from '../connection.ts';
import { Dimension, FigureStatus, PeriodKind } from '../enums.ts';
import { DateScalar, MomentScalar } from '../scalars.ts';

@ObjectType('Release', { description: 'A closed set of tables, protected as a whole and never changed.' })
export class ReleaseType {
  @Field(() => Int, { description: 'Its number.' })
  number!: number;

  @Field(() => String, { description: 'provisional, final or withdrawn.' })
  state!: string;

  @Field(() => String, {
    nullable: true,
    description: 'The period that closed; null for releases that had none.',
  })
  period!: string | null;

  @Field(() => DateScalar, { description: 'The last day that it speaks of.' })
  closedOn!: string;

  @Field(() => MomentScalar, { description: 'When it was published.' })
  publishedAt!: Date;

  @Field(() => DateScalar, {
    nullable: true,
    description: 'The day as of which facts were known; null where not kept.',
  })
  knownOn!: string | null;

  @Field(() => Int, {
    nullable: true,
    description: 'The release that it corrects; null when it corrects none.',
  })
  corrects!: number | null;

  @Field(() => String, {
    nullable: true,
    description: 'The policy by which it was protected; null where not kept.',
  })
  policy!: string | null;

  @Field(() => String, { nullable: true, description: 'Why it was withdrawn; null while it stands.' })
  withdrawnBecause!: string | null;
}
export const ReleaseConnection = connectionOf('Release', ReleaseType);

@ObjectType('CellMember', { description: 'Where a cell lies in one dimension.' })
export class CellMemberType {
  @Field(() => Dimension, { description: 'The dimension.' })
  dimension!: string;

  @Field(() => String, { description: 'A code of its list, or `all` for the margin.' })
  member!: string;
}

@ObjectType('Cell', { description: 'A figure of a release.' })
export class CellType {
  @Field(() => String, { description: 'The period: 2024, 2024-Q1, or 2022/2024 for pooled years.' })
  period!: string;

  @Field(() => [CellMemberType], { description: 'Where it lies, in the order of the table.' })
  dims!: CellMemberType[];

  @Field(() => FigureStatus, { description: 'Whether it is shown, and if not, why.' })
  status!: string;

  @Field(() => Float, { nullable: true, description: 'The figure; null where `status` says why.' })
  value!: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'What was counted; null where `status` says why, or for medians.',
  })
  numerator!: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'Out of how many; null for counts, and where `status` says why.',
  })
  denominator!: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'The lower end of the 95 % interval; null where there is none.',
  })
  lower!: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'The upper end of the 95 % interval; null where there is none.',
  })
  upper!: number | null;

  @Field(() => [String], { description: 'What to say beside it.' })
  footnotes!: readonly string[];

  @Field(() => String, { description: 'What `npx tessera trace` takes to show where it comes from.' })
  trace!: string;
}
export const CellConnection = connectionOf('Cell', CellType);

@ObjectType('Table', { description: 'Cells of one metric, all of one release.' })
export class TableType {
  readonly asked!: AskedTable;
  readonly figures!: readonly ReleaseFigure[];
  readonly source!: ReleaseEntity;

  @Field(() => String, { description: 'The metric.' })
  metric!: string;

  @Field(() => String, { description: 'Its title.' })
  title!: string;

  @Field(() => Int, { description: 'The version of its definition.' })
  version!: number;

  @Field(() => String, {
    description: 'A link to the same cells as CSV; .json, .parquet and .arrow stand beside it.',
  })
  permalink!: string;

  @Field(() => [String], { description: 'What its figures cannot say.' })
  limits!: readonly string[];

  @Field(() => ReleaseType, { description: 'The release that it comes from.' })
  release!: ReleaseType;

  @Field(() => Boolean, { description: 'Whether its data are made up: then no figure is about anybody.' })
  madeUp!: boolean;
}

@ObjectType('Prevalence', {
  description: 'An estimate of how many there are, those included whom no agency saw, or why there is none.',
})
export class PrevalenceType {
  @Field(() => String, { description: 'The year.' })
  period!: string;

  @Field(() => [CellMemberType], { description: 'Of whom; empty for the whole state.' })
  dims!: readonly CellMemberType[];

  @Field(() => FigureStatus, { description: 'Whether there is one.' })
  status!: string;

  @Field(() => Boolean, { description: 'Whether it was refused: the lists cannot carry an estimate.' })
  refused!: boolean;

  @Field(() => Float, { nullable: true, description: 'The estimate, rounded; null where there is none.' })
  value!: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'The lower end of its interval; null where there is none.',
  })
  lower!: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'The upper end of its interval; null where there is none.',
  })
  upper!: number | null;

  @Field(() => [String], { description: 'Why it was refused, or how to read it.' })
  footnotes!: readonly string[];

  @Field(() => [CellType], {
    description: 'The same by every way of estimating, and under other assumptions.',
  })
  ways!: readonly CellType[];

  @Field(() => [String], { description: 'What it cannot say.' })
  limits!: readonly string[];

  @Field(() => String, { description: 'What `npx tessera trace` takes to show where it comes from.' })
  trace!: string;

  @Field(() => ReleaseType, { description: 'The release that it comes from.' })
  release!: ReleaseType;

  @Field(() => Boolean, { description: 'Whether its data are made up: then no figure is about anybody.' })
  madeUp!: boolean;
}

@ObjectType('Comparison', { description: 'The same cell twice.' })
export class ComparisonType {
  @Field(() => CellType, { description: 'The first.' })
  first!: CellType;

  @Field(() => CellType, { description: 'The second.' })
  second!: CellType;

  @Field(() => Float, { nullable: true, description: 'Second less first; null unless both are shown.' })
  difference!: number | null;
}

@InputType('Where', { description: 'One member of one dimension; other dimensions are asked by `by`.' })
export class WhereInput {
  @Field(() => Dimension, { description: 'The dimension.' })
  dimension!: string;

  @Field(() => String, { description: 'A code of its list, or `all`.' })
  member!: string;
}

@ArgsType()
export class CutArgs {
  @Field(() => [Dimension], {
    defaultValue: [],
    description: 'The dimensions of the table; none for the total.',
  })
  by!: string[];

  @Field(() => [WhereInput], { defaultValue: [], description: 'Members that are kept.' })
  where!: WhereInput[];

  @Field(() => Int, {
    nullable: true,
    description: 'The number of a release; the newest that stands if left out.',
  })
  release?: number | null;
}

@ArgsType()
export class PeriodArgs extends CutArgs {
  @Field(() => [String], {
    defaultValue: [],
    description: 'Periods, such as 2024 or 2022/2024; all if left out.',
  })
  period!: string[];

  @Field(() => PeriodKind, { nullable: true, description: 'Periods of one kind.' })
  kind?: string | null;

  @Field(() => Int, { nullable: true, description: 'Periods that begin in this year or later.' })
  from?: number | null;

  @Field(() => Int, { nullable: true, description: 'Periods that end in this year or earlier.' })
  to?: number | null;
}
