import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { FieldValueInput } from '../register/register.type.ts';
import { CountyScalar } from '../scalars.ts';

@InputType('ProgramInput', { description: 'A program to add to the asset map, or what one says anew.' })
export class ProgramInput {
  @Field(() => CountyScalar, {
    description: 'The county that keeps it, or one of the region of a confidential place.',
  })
  county!: string;

  @Field(() => [FieldValueInput], { description: 'What it says, by the fields of `programFields`.' })
  fields!: FieldValueInput[];

  @Field(() => Int, {
    nullable: true,
    description: 'The version that its writer had seen; none for a new one.',
  })
  version?: number | null;

  @Field(() => Boolean, { nullable: true, description: 'It is another program than the one it looks like.' })
  another?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether it leaves the map.' })
  withdrawn?: boolean | null;
}

@ObjectType('WaitingProgram', { description: 'An entry that came and that somebody has to look at.' })
export class WaitingProgramType {
  @Field(() => ID, { description: 'Names it.' })
  id!: string;

  @Field(() => [String], { description: 'Why it waits.' })
  reasons!: readonly string[];

  @Field(() => ID, {
    nullable: true,
    description: 'The entry that it looks like; null where it is merely not complete.',
  })
  looksLike!: string | null;
}

@ObjectType('ProviderWork', { description: 'What a county has to look after in its part of the asset map.' })
export class ProviderWorkType {
  @Field(() => [ID], { description: 'Entries that nobody verified for six months, the oldest first.' })
  stale!: string[];

  @Field(() => [ID], { description: 'Entries that do not say how many places are taken.' })
  withoutCapacity!: string[];

  @Field(() => [WaitingProgramType], { description: 'Entries that wait.' })
  waiting!: readonly WaitingProgramType[];
}
