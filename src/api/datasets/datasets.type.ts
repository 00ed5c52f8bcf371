import { Field, Float, ID, InputType, Int, ObjectType } from 'type-graphql';
import type { Permission } from '../../access/permit.ts';
import type { DatasetRequest } from '../../datasets/request.ts';
import { connectionOf } from '../connection.ts';
import { FieldValueInput, FieldValueType } from '../register/register.type.ts';
import { CountyScalar, DateScalar, MomentScalar } from '../scalars.ts';

@ObjectType('Dataset', { description: 'A dataset that was given to somebody, as everybody may know of it.' })
export class DatasetType {
  @Field(() => ID, { description: 'Its id, by which it is cited.' })
  id!: string;

  @Field(() => String, { description: 'What it is called.' })
  title!: string;

  @Field(() => String, { description: 'The organization that it was given to.' })
  organization!: string;

  @Field(() => String, { description: 'What it is used for, by its code in the list `purpose`.' })
  purpose!: string;

  @Field(() => Int, { description: 'The release that it is made of.' })
  release!: number;

  @Field(() => String, { description: 'How that release stands now: provisional, final or withdrawn.' })
  releaseState!: string;

  @Field(() => [String], { description: 'Its tables, as metric/dimensions.' })
  tables!: readonly string[];

  @Field(() => Float, { description: 'How many cells it has.' })
  cells!: number;

  @Field(() => Float, { description: 'The size of its bundle.' })
  bytes!: number;

  @Field(() => String, { description: 'SHA-256 of its bundle, in hexadecimal.' })
  sha256!: string;

  @Field(() => MomentScalar, { description: 'When it was made.' })
  madeAt!: Date;

  @Field(() => String, { description: 'released, expired or destroyed.' })
  state!: string;
}

@ObjectType('DatasetTable', { description: 'A table that a dataset may be made of.' })
export class DatasetTableType {
  @Field(() => ID, { description: 'metric/dimensions, as a request names it.' })
  address!: string;

  @Field(() => String, { description: 'The metric.' })
  metric!: string;

  @Field(() => String, { description: 'What the metric is called.' })
  title!: string;

  @Field(() => [String], { description: 'What it is cut by.' })
  by!: readonly string[];

  @Field(() => Int, { description: 'Its cells in the current release; 0 where that does not hold it.' })
  cells!: number;

  @Field(() => Int, { description: 'How many of them are hidden.' })
  hidden!: number;

  @Field(() => [String], { description: 'Its periods in the current release.' })
  periods!: readonly string[];
}

@ObjectType('DatasetStep', { description: 'What happened to a request.' })
export class DatasetStepType {
  @Field(() => String, {
    description:
      'opened, changed, submitted, begun, commented, returned, approved, rejected, withdrawn, released, linked, revoked or destroyed.',
  })
  step!: string;

  @Field(() => String, { nullable: true, description: 'By whom; null for what the hub did by itself.' })
  name!: string | null;

  @Field(() => String, { nullable: true, description: 'In which role.' })
  role!: string | null;

  @Field(() => String, { nullable: true, description: 'What was said; null where nothing was.' })
  words!: string | null;

  @Field(() => MomentScalar, { description: 'When.' })
  at!: Date;
}

@ObjectType('DatasetBundle', { description: 'What was given under a request.' })
export class DatasetBundleType {
  @Field(() => ID, { description: 'Its id.' })
  id!: string;

  @Field(() => Int, { description: 'Its number among the bundles of the request.' })
  number!: number;

  @Field(() => Int, { description: 'The release that it is made of.' })
  release!: number;

  @Field(() => Float, { description: 'How many cells it has.' })
  cells!: number;

  @Field(() => String, { description: 'SHA-256 of its bytes, in hexadecimal.' })
  sha256!: string;

  @Field(() => MomentScalar, { description: 'When it was made.' })
  madeAt!: Date;
}

@ObjectType('DatasetRequest', { description: 'A request for a dataset, by the five safes.' })
export class DatasetRequestType {
  @Field(() => ID, { description: 'Its id.' })
  id!: string;

  @Field(() => CountyScalar, {
    nullable: true,
    description: 'The county whose counsel reviews it; null for the whole state.',
  })
  county!: string | null;

  @Field(() => String, {
    description:
      'draft, submitted, in_review, returned, approved, rejected, withdrawn, released, expired or destroyed.',
  })
  state!: string;

  @Field(() => Int, { description: 'The number of its version.' })
  version!: number;

  @Field(() => [FieldValueType], { description: 'What it says.' })
  fields!: FieldValueType[];

  @Field(() => [String], { description: 'The tables that it asks for.' })
  tables!: readonly string[];

  @Field(() => [String], { description: 'The tables that it proposes for the catalogue.' })
  proposals!: readonly string[];

  @Field(() => DateScalar, {
    nullable: true,
    description: 'The day by which its reviewers answer; null while nobody has to.',
  })
  dueOn!: string | null;

  @Field(() => [String], {
    description: 'The roles whose approval is still waited for; empty unless it is in review.',
  })
  waitsFor!: readonly string[];

  @Field(() => MomentScalar, { description: 'When it was opened.' })
  openedAt!: Date;

  readonly asked!: DatasetRequest;
  readonly permission!: Permission;
}

export const DatasetRequestConnection = connectionOf('DatasetRequest', DatasetRequestType);

@ObjectType('DatasetLink', { description: 'A link to a dataset; its address is told this once.' })
export class DatasetLinkType {
  @Field(() => String, { description: 'Where it is fetched from. Keep it like a password.' })
  address!: string;

  @Field(() => MomentScalar, { description: 'Until when it is good.' })
  expiresAt!: Date;

  @Field(() => Int, { description: 'For how many downloads.' })
  downloads!: number;
}

@InputType('DatasetRequestInput', { description: 'What somebody asks for.' })
export class DatasetRequestInput {
  @Field(() => ID, { nullable: true, description: 'The request that is changed; a new one without.' })
  id?: string | null;

  @Field(() => Int, { nullable: true, description: 'The version of it that the writer had seen.' })
  version?: number | null;

  @Field(() => [FieldValueInput], { description: 'The fields of schema/dataset-request.yaml.' })
  fields!: FieldValueInput[];

  @Field(() => [String], { description: 'Tables of the catalogue, as metric/dimensions.' })
  tables!: string[];

  @Field(() => [String], { nullable: true, description: 'Tables that the catalogue does not have yet.' })
  proposals?: string[] | null;
}
