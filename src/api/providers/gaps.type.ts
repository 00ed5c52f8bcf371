import { Field, Float, InputType, Int, ObjectType } from 'type-graphql';
import { FigureStatus } from '../enums.ts';

@ObjectType('ToldFigure', { description: 'A figure of the release, or why there is none.' })
export class ToldType {
  @Field(() => FigureStatus, { description: 'Whether it is shown.' })
  status!: string;

  @Field(() => Float, { nullable: true, description: 'The figure; null where `status` says why.' })
  value!: number | null;
}

@ObjectType('StandInFigure', { description: 'What a wider place shows where the county does not.' })
export class StandInType {
  @Field(() => String, { description: 'A region by its code, or `state`.' })
  of!: string;

  @Field(() => ToldType, { description: 'Its figure, which is not the county’s.' })
  figure!: ToldType;
}

@ObjectType('NeedGap', { description: 'Demand, supply and target of one branch of the tree of needs.' })
export class NeedGapType {
  @Field(() => String, { description: 'The need’s code.' })
  need!: string;

  @Field(() => String, { description: 'What it is.' })
  label!: string;

  @Field(() => ToldType, {
    description: 'Needs that were found in the period; of a county young people, each once in a branch.',
  })
  found!: ToldType;

  @Field(() => ToldType, { description: 'Those for which no service began.' })
  unmet!: ToldType;

  @Field(() => ToldType, { description: 'In percent: those for which none began within 30 days.' })
  late!: ToldType;

  @Field(() => StandInType, {
    nullable: true,
    description: 'Found in a wider place; null where the county’s own figure is shown.',
  })
  foundAround!: StandInType | null;

  @Field(() => StandInType, {
    nullable: true,
    description: 'Unmet in a wider place; null where the county’s own figure is shown.',
  })
  unmetAround!: StandInType | null;

  @Field(() => StandInType, {
    nullable: true,
    description: 'Late in a wider place; null where the county’s own figure is shown.',
  })
  lateAround!: StandInType | null;

  @Field(() => Boolean, {
    description: 'Whether no table by county tells of it, since a minor may consent to it alone.',
  })
  notByCounty!: boolean;

  @Field(() => Int, { description: 'Programs that answer it, or part of it.' })
  programs!: number;

  @Field(() => Int, { description: 'Their places.' })
  places!: number;

  @Field(() => Int, { description: 'Places that are free.' })
  free!: number;

  @Field(() => Int, { description: 'Young people who wait.' })
  waiting!: number;

  @Field(() => Int, { description: 'Programs whose staff are mostly trained on exploitation.' })
  trained!: number;

  @Field(() => Int, {
    nullable: true,
    description: 'Programs that the committee aspires to; null where it set no target.',
  })
  targetPrograms!: number | null;

  @Field(() => Int, { nullable: true, description: 'Places that it aspires to; null where it set none.' })
  targetPlaces!: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'From 0 to 1, how much of the target is there; null without a target.',
  })
  sufficiency!: number | null;

  @Field(() => Int, { description: 'Needs of the branch that no program answers.' })
  unanswered!: number;

  @Field(() => Float, {
    nullable: true,
    description:
      'Miles to the nearest open place that would take somebody from the county; null of the state, and where none is known.',
  })
  nearestMiles!: number | null;

  @Field(() => Int, { description: 'Needs of the branch.' })
  needs!: number;
}

@ObjectType('ResourceGaps', { description: 'The gap analysis, the least met need first.' })
export class ResourceGapsType {
  @Field(() => String, {
    nullable: true,
    description: 'The period of the demand; null where no release says any.',
  })
  period!: string | null;

  @Field(() => Int, {
    nullable: true,
    description: 'The release that the demand is of; null where there is none.',
  })
  release!: number | null;

  @Field(() => Float, {
    nullable: true,
    description:
      'Places for every 1,000 young people enrolled in school; null where the release does not say how many are.',
  })
  placesPerThousand!: number | null;

  @Field(() => [NeedGapType], { description: 'Need by need.' })
  needs!: NeedGapType[];
}

@InputType('WhatIf', { description: 'Programs and places that are thought of as being there.' })
export class WhatIfInput {
  @Field(() => String, { description: 'For which branch of the tree of needs.' })
  need!: string;

  @Field(() => Int, { defaultValue: 0, description: 'How many programs.' })
  programs!: number;

  @Field(() => Int, { defaultValue: 0, description: 'How many places.' })
  places!: number;
}
