import { Field, Int, ObjectType } from 'type-graphql';
import { connectionOf } from '../connection.ts';
import { Dimension, PeriodKind } from '../enums.ts';

@ObjectType('MetricChange', { description: 'What a version of a definition changed.' })
export class MetricChangeType {
  @Field(() => Int, { description: 'The version.' })
  version!: number;

  @Field(() => String, { description: 'What changed.' })
  what!: string;

  @Field(() => String, { description: 'Why.' })
  why!: string;
}

@ObjectType('MetricTable', { description: 'A table that a metric declares.' })
export class MetricTableType {
  @Field(() => [Dimension], { description: 'Its dimensions; none for the total.' })
  by!: readonly string[];

  @Field(() => String, { description: 'public, or secure for the county alone.' })
  publish!: string;

  @Field(() => [PeriodKind], { description: 'For which kinds of periods.' })
  periods!: readonly string[];
}

@ObjectType('Metric', { description: 'A declared figure: what is counted, out of what, and by what right.' })
export class MetricType {
  @Field(() => String, { description: 'Its id.' })
  id!: string;

  @Field(() => String, { description: 'The group that it belongs to.' })
  group!: string;

  @Field(() => String, { description: 'Its title.' })
  title!: string;

  @Field(() => String, { description: 'The question that it answers.' })
  question!: string;

  @Field(() => String, { description: 'How figures are made of what was counted.' })
  statistic!: string;

  @Field(() => String, { description: 'What is counted.' })
  numerator!: string;

  @Field(() => String, { nullable: true, description: 'Out of what; null for counts.' })
  denominator!: string | null;

  @Field(() => Int, { description: 'For a rate: per how many.' })
  per!: number;

  @Field(() => Int, { description: 'The version of its definition in force.' })
  version!: number;

  @Field(() => [MetricChangeType], { description: 'The versions and why there is more than one.' })
  versions!: readonly MetricChangeType[];

  @Field(() => String, {
    nullable: true,
    description: 'The definition in SQL; null where the metric is not available.',
  })
  definition!: string | null;

  @Field(() => String, { nullable: true, description: 'Why there is no figure; null where there is one.' })
  notAvailable!: string | null;

  @Field(() => [MetricTableType], { description: 'The tables that can be asked for.' })
  tables!: readonly MetricTableType[];

  @Field(() => [String], { description: 'Who is left out.' })
  exclusions!: readonly string[];

  @Field(() => [String], { description: 'What its figures cannot say.' })
  limits!: readonly string[];

  @Field(() => String, { description: 'The statute, report or decision that it rests on.' })
  authority!: string;
}
export const MetricConnection = connectionOf('Metric', MetricType);
