import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { connectionOf } from '../connection.ts';
import { RegisterKind } from '../enums.ts';
import { CountyScalar, DateScalar, MomentScalar } from '../scalars.ts';

@ObjectType('Choice', { description: 'A value that a field takes.' })
export class ChoiceType {
  @Field(() => String, { description: 'The value.' })
  value!: string;

  @Field(() => String, { description: 'What it stands for.' })
  label!: string;
}

@ObjectType('RegisterField', { description: 'A field of a kind of register entry.' })
export class RegisterFieldType {
  @Field(() => String, { description: 'Its name.' })
  name!: string;

  @Field(() => String, { description: 'What it says.' })
  words!: string;

  @Field(() => String, { description: 'text, date, number, flag, code, codes, choice or choices.' })
  type!: string;

  @Field(() => Boolean, { description: 'Whether an entry must have it.' })
  required!: boolean;

  @Field(() => [ChoiceType], { description: 'The values that it takes; empty for one that takes any.' })
  choices!: ChoiceType[];
}

@ObjectType('RegisterKindInfo', { description: 'A kind of register entry, as a form is made from it.' })
export class RegisterKindInfoType {
  @Field(() => String, { description: 'Its name.' })
  name!: string;

  @Field(() => String, { description: 'What such an entry is.' })
  words!: string;

  @Field(() => String, { description: 'county, state or agreement.' })
  scope!: string;

  @Field(() => [RegisterFieldType], { description: 'Its fields.' })
  fields!: RegisterFieldType[];
}

@ObjectType('FieldValue', { description: 'What an entry says in one field.' })
export class FieldValueType {
  @Field(() => String, { description: 'The field’s name.' })
  name!: string;

  @Field(() => [String], { description: 'Its values as text.' })
  values!: readonly string[];

  @Field(() => [String], { description: 'The same for people: labels in the place of codes.' })
  labels!: readonly string[];
}

@ObjectType('RegisterEntry', { description: 'An entry of the county register.' })
export class RegisterEntryType {
  @Field(() => ID, { description: 'Names the entry; all its versions share it.' })
  id!: string;

  @Field(() => Int, { description: 'The number of the version.' })
  version!: number;

  @Field(() => CountyScalar, {
    nullable: true,
    description: 'Its county; null for what concerns the whole state.',
  })
  county!: string | null;

  @Field(() => RegisterKind, { description: 'Its kind.' })
  kind!: string;

  @Field(() => DateScalar, { description: 'The first day on which it holds.' })
  effectiveFrom!: string;

  @Field(() => DateScalar, { nullable: true, description: 'The last day; null while it holds.' })
  effectiveTo!: string | null;

  @Field(() => Boolean, { description: 'Whether this version takes the entry back.' })
  withdrawn!: boolean;

  @Field(() => MomentScalar, { description: 'When this version was recorded.' })
  recordedAt!: Date;

  @Field(() => [FieldValueType], { description: 'What it says.' })
  fields!: FieldValueType[];
}

export const RegisterEntryConnection = connectionOf('RegisterEntry', RegisterEntryType);

@InputType('FieldValueInput', { description: 'What an entry shall say in one field.' })
export class FieldValueInput {
  @Field(() => String, { description: 'The field’s name.' })
  name!: string;

  @Field(() => [String], { description: 'Its value, or its values.' })
  values!: string[];
}

@InputType('RegisterEntryInput', { description: 'An entry to record, or the next version of one.' })
export class RegisterEntryInput {
  @Field(() => RegisterKind, { description: 'Its kind.' })
  kind!: string;

  @Field(() => CountyScalar, { nullable: true, description: 'Its county, for a kind that belongs to one.' })
  county?: string | null;

  @Field(() => DateScalar, { description: 'The first day on which it holds.' })
  effectiveFrom!: string;

  @Field(() => DateScalar, { nullable: true, description: 'The last day.' })
  effectiveTo?: string | null;

  @Field(() => [FieldValueInput], { description: 'What it says.' })
  fields!: FieldValueInput[];

  @Field(() => ID, { nullable: true, description: 'The entry that this is the next version of.' })
  id?: string | null;

  @Field(() => Int, { nullable: true, description: 'The version of it that the writer had seen.' })
  version?: number | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether the entry is taken back.' })
  withdrawn?: boolean | null;
}
