import { Field, Float, ID, Int, ObjectType } from 'type-graphql';
import { connectionOf } from '../connection.ts';
import { OperationalCountType } from '../operations/operations.type.ts';

@ObjectType('EstimatedShare', { description: 'A share with the interval that it lies in.' })
export class EstimatedShareType {
  @Field(() => Float, { description: 'The share.' })
  value!: number;

  @Field(() => Float, { description: 'The lower end of the 95 % interval.' })
  lower!: number;

  @Field(() => Float, { description: 'The upper end of the 95 % interval.' })
  upper!: number;
}

@ObjectType('LinkageThreshold', { description: 'What the linkage would be at another threshold.' })
export class LinkageThresholdType {
  @Field(() => Float, { description: 'The least probability of a link.' })
  threshold!: number;

  @Field(() => OperationalCountType, { description: 'Links from it upwards.' })
  links!: OperationalCountType;

  @Field(() => Float, { description: 'The share of records that could not reach it even with themselves.' })
  unlinkable!: number;
}

@ObjectType('LinkageQuality', { description: 'How good the newest linkage is, in counts and shares.' })
export class LinkageQualityType {
  @Field(() => Int, { description: 'Its number.' })
  linkage!: number;

  @Field(() => String, { description: '`full`, or `delta` where only what changed was linked.' })
  kind!: string;

  @Field(() => Float, { description: 'The least probability of a link.' })
  threshold!: number;

  @Field(() => OperationalCountType, { description: 'Records that were linked.' })
  records!: OperationalCountType;

  @Field(() => OperationalCountType, { description: 'Persons that they are.' })
  persons!: OperationalCountType;

  @Field(() => EstimatedShareType, { description: 'Of the links, those of one person, as the model has it.' })
  precision!: EstimatedShareType;

  @Field(() => EstimatedShareType, {
    description: 'Of the pairs of one person, those linked, as the model has it.',
  })
  recall!: EstimatedShareType;

  @Field(() => EstimatedShareType, {
    nullable: true,
    description:
      'Of linked pairs drawn for review and settled, those of one person; null before any is settled.',
  })
  reviewed!: EstimatedShareType | null;

  @Field(() => [LinkageThresholdType], { description: 'Other thresholds.' })
  thresholds!: readonly LinkageThresholdType[];

  @Field(() => [String], { description: 'What the model could not be sure of.' })
  doubts!: readonly string[];

  @Field(() => [String], { description: 'What changed against the model before.' })
  drift!: readonly string[];
}

@ObjectType('ReviewStep', { description: 'What one comparison of a pair says for or against one person.' })
export class ReviewStepType {
  @Field(() => String, { description: 'What was compared.' })
  field!: string;

  @Field(() => String, { description: 'How far it agrees; never the value.' })
  level!: string;

  @Field(() => Float, { description: 'How much that counts, in powers of two.' })
  weight!: number;
}

@ObjectType('ReviewOpinion', { description: 'What somebody said of a pair.' })
export class ReviewOpinionType {
  @Field(() => String, { description: 'Who.' })
  by!: string;

  @Field(() => String, { description: '`steward` or `agency`.' })
  as!: string;

  @Field(() => Boolean, { description: 'Whether the two records are one person.' })
  same!: boolean;
}

@ObjectType('ReviewPair', { description: 'Two records of which people say whether they are one person.' })
export class ReviewPairType {
  @Field(() => ID, { description: 'Its name, which says nothing of the records.' })
  pair!: string;

  @Field(() => [String], { description: 'The agencies of the two records.' })
  agencies!: readonly string[];

  @Field(() => Float, { nullable: true, description: 'The weight of the pair; null where it is not known.' })
  weight!: number | null;

  @Field(() => [ReviewStepType], { description: 'What it is made of.' })
  steps!: readonly ReviewStepType[];

  @Field(() => String, { description: 'open, begun, disputed, settled or contradicted.' })
  state!: string;

  @Field(() => [ReviewOpinionType], { description: 'What was said.' })
  opinions!: readonly ReviewOpinionType[];
}
export const ReviewPairConnection = connectionOf('ReviewPair', ReviewPairType);
