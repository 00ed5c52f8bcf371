import { Field, Int, ObjectType } from 'type-graphql';
import { connectionOf } from '../connection.ts';
import { MomentScalar } from '../scalars.ts';

@ObjectType('AuditEntry', { description: 'A question that was asked of the hub, and how it ended.' })
class AuditEntryType {
  @Field(() => Int, { description: 'Its place in the log.' })
  number!: number;

  @Field(() => MomentScalar, { description: 'When it was asked.' })
  at!: string;

  @Field(() => String, { description: 'The id of the request, which its answer carried.' })
  request!: string;

  @Field(() => String, { nullable: true, description: 'Who asked; null for the public.' })
  person!: string | null;

  @Field(() => String, { description: 'In which role.' })
  role!: string;

  @Field(() => String, { nullable: true, description: 'The county of that role.' })
  county!: string | null;

  @Field(() => String, { nullable: true, description: 'The agency of that role.' })
  agency!: string | null;

  @Field(() => String, { nullable: true, description: 'For which purpose; null when nothing was permitted.' })
  purpose!: string | null;

  @Field(() => String, { description: 'By which channel: session, token, bearer or anybody.' })
  channel!: string;

  @Field(() => [String], { description: 'The operations that were asked.' })
  operations!: readonly string[];

  @Field(() => String, { description: 'The hash of the question, without its variables.' })
  document!: string;

  @Field(() => [String], { description: 'The tables that the operations read or write.' })
  tables!: readonly string[];

  @Field(() => Int, { nullable: true, description: 'The release that was read, if one was.' })
  release!: number | null;

  @Field(() => String, { description: 'answered, or the code of what stopped it.' })
  outcome!: string;
}

export const AuditEntryConnection = connectionOf('AuditEntry', AuditEntryType);
