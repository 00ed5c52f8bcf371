import { Field, Int, ObjectType } from 'type-graphql';
import { connectionOf } from '../connection.ts';
import { CountyScalar, DateScalar } from '../scalars.ts';

@ObjectType('TermVersion', { description: 'What a term means from one day to another.' })
export class TermVersionType {
  @Field(() => Int, { description: 'The number of the version.' })
  version!: number;

  @Field(() => DateScalar, { description: 'The first day on which it holds.' })
  effectiveFrom!: string;

  @Field(() => DateScalar, { nullable: true, description: 'The last day; null while it holds.' })
  effectiveTo!: string | null;

  @Field(() => String, { description: 'The definition, in words.' })
  words!: string;

  @Field(() => String, { description: 'What changed with this version.' })
  what!: string;

  @Field(() => String, { description: 'Why it changed.' })
  why!: string;

  @Field(() => String, { description: 'The statute, report or decision that it rests on.' })
  authority!: string;

  @Field(() => CountyScalar, {
    nullable: true,
    description: 'The county whose protocol says it so; null for the shared definition.',
  })
  county!: string | null;
}

@ObjectType('Term', { description: 'A term that agencies and figures share.' })
export class TermType {
  @Field(() => String, { description: 'Its name in queries and files.' })
  name!: string;

  @Field(() => String, { description: 'How it is written for people.' })
  title!: string;

  @Field(() => [TermVersionType], {
    description: 'Every version, oldest first; those of counties after the shared.',
  })
  versions!: TermVersionType[];
}

@ObjectType('Code', { description: 'A code of a list.' })
export class CodeType {
  @Field(() => String, { description: 'The code.' })
  code!: string;

  @Field(() => String, { description: 'What it stands for.' })
  label!: string;

  @Field(() => String, { description: 'How far it was checked against its source.' })
  status!: string;

  @Field(() => DateScalar, { description: 'The first day on which it may be used.' })
  validFrom!: string;

  @Field(() => DateScalar, { nullable: true, description: 'The last day; null while it is in use.' })
  validTo!: string | null;
}

@ObjectType('CodeList', { description: 'A list of codes.' })
export class CodeListType {
  @Field(() => String, { description: 'Its name.' })
  name!: string;

  @Field(() => String, { description: 'What it lists.' })
  title!: string;

  @Field(() => String, { description: 'Whose codes they are.' })
  codeSystem!: string;

  @Field(() => Int, { description: 'Its version.' })
  version!: number;

  @Field(() => [CodeType], { description: 'Its codes, in the order of the list.' })
  codes!: readonly CodeType[];
}

@ObjectType('Need', { description: 'A node of the tree of needs and services.' })
export class NeedType {
  @Field(() => String, { description: 'Its code.' })
  code!: string;

  @Field(() => String, { description: 'What it is called.' })
  label!: string;

  @Field(() => String, { nullable: true, description: 'The code of the node above; null at the root.' })
  parent!: string | null;

  @Field(() => Int, { description: 'How deep it lies; 0 at the root.' })
  depth!: number;

  @Field(() => Boolean, { description: 'Whether it belongs to the response of the first 72 hours.' })
  immediate!: boolean;

  @Field(() => String, {
    nullable: true,
    description:
      'The broader node that stands for it in rows about one young person; null when it stands for itself.',
  })
  heldAs!: string | null;
}

export const TermConnection = connectionOf('Term', TermType);
export const CodeListConnection = connectionOf('CodeList', CodeListType);
export const NeedConnection = connectionOf('Need', NeedType);
