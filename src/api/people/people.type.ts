import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { connectionOf } from '../connection.ts';
import { Purpose, Role } from '../enums.ts';
import { CountyScalar, DateScalar, MomentScalar } from '../scalars.ts';

@ObjectType('RoleHeld', { description: 'A role as somebody holds or held it.' })
export class RoleHeldType {
  @Field(() => ID, { description: 'Names it where it is ended.' })
  id!: string;

  @Field(() => Role, { description: 'The role.' })
  role!: string;

  @Field(() => CountyScalar, { nullable: true, description: 'The county that it is held for, if for one.' })
  county!: string | null;

  @Field(() => String, { nullable: true, description: 'The agency that it is held for, if for one.' })
  agency!: string | null;

  @Field(() => [Purpose], { description: 'What for.' })
  purposes!: readonly string[];

  @Field(() => String, { nullable: true, description: 'The agreement that it rests on, if on one.' })
  agreement!: string | null;

  @Field(() => DateScalar, { description: 'The first day.' })
  effectiveFrom!: string;

  @Field(() => DateScalar, { nullable: true, description: 'The last day, if one was named.' })
  effectiveTo!: string | null;

  @Field(() => MomentScalar, { nullable: true, description: 'When it was ended before its time.' })
  endedAt!: Date | null;
}

@ObjectType('Person', { description: 'Somebody, or a program, that may come in.' })
export class PersonType {
  @Field(() => ID, { description: 'Names the person.' })
  id!: string;

  @Field(() => String, { description: '`person`, or `service` for a program.' })
  kind!: string;

  @Field(() => String, { description: 'What the hub calls them.' })
  name!: string;

  @Field(() => String, {
    nullable: true,
    description: 'By which the identity provider’s account is matched.',
  })
  email!: string | null;

  @Field(() => MomentScalar, { description: 'When they were let in.' })
  addedAt!: Date;

  @Field(() => MomentScalar, { nullable: true, description: 'When their access ended.' })
  endedAt!: Date | null;
}

export const PersonConnection = connectionOf('Person', PersonType);

@ObjectType('Token', { description: 'An API token, without its text.' })
class TokenType {
  @Field(() => ID, { description: 'Names the token where it is revoked.' })
  id!: string;

  @Field(() => String, { description: 'What its maker called it.' })
  name!: string;

  @Field(() => String, { description: 'The last four characters of its text.' })
  ending!: string;

  @Field(() => Role, { description: 'The role that it carries.' })
  role!: string;

  @Field(() => CountyScalar, { nullable: true, description: 'The county of that role.' })
  county!: string | null;

  @Field(() => String, { nullable: true, description: 'The agency of that role.' })
  agency!: string | null;

  @Field(() => [String], { description: 'The operations that it is good for; `*` for all of its role.' })
  scopes!: readonly string[];

  @Field(() => MomentScalar, { description: 'When it was made.' })
  madeAt!: Date;

  @Field(() => MomentScalar, { description: 'When it ends.' })
  expiresAt!: Date;

  @Field(() => MomentScalar, { nullable: true, description: 'When it was revoked.' })
  revokedAt!: Date | null;

  @Field(() => DateScalar, { nullable: true, description: 'The last day on which it was used.' })
  lastUsedOn!: string | null;
}

export const TokenConnection = connectionOf('Token', TokenType);

@ObjectType('NewToken', { description: 'A token that was just made.' })
export class NewTokenType {
  @Field(() => ID, { description: 'Names the token.' })
  id!: string;

  @Field(() => String, {
    nullable: true,
    description:
      'The token itself, shown this once; null when an earlier request with the same key showed it.',
  })
  token!: string | null;
}

@ObjectType('Me', { description: 'Who the hub takes the reader for.' })
export class MeType {
  @Field(() => String, { nullable: true, description: 'What the hub calls the reader; null for the public.' })
  name!: string | null;

  @Field(() => Role, { description: 'The role that the reader acts in.' })
  role!: string;

  @Field(() => CountyScalar, { nullable: true, description: 'The county that it is held for.' })
  county!: string | null;

  @Field(() => String, { nullable: true, description: 'The agency that it is held for.' })
  agency!: string | null;

  @Field(() => [Purpose], { description: 'What for.' })
  purposes!: readonly string[];

  @Field(() => Boolean, { description: 'Whether a second factor was shown, or is not asked of the role.' })
  secondFactor!: boolean;

  @Field(() => [String], { description: 'What the reader may ask, by the names of queries and mutations.' })
  may!: readonly string[];
}

@ObjectType('OwnRole', { description: 'A role that the reader may act in.' })
export class OwnRoleType {
  @Field(() => ID, { description: 'Names it where the reader takes it on.' })
  held!: string;

  @Field(() => Role, { description: 'The role.' })
  role!: string;

  @Field(() => CountyScalar, { nullable: true, description: 'The county that it is held for.' })
  county!: string | null;

  @Field(() => String, { nullable: true, description: 'The agency that it is held for.' })
  agency!: string | null;
}

@ObjectType('Ended', { description: 'What was ended.' })
export class EndedType {
  @Field(() => ID, { description: 'Names it.' })
  id!: string;
}

@ObjectType('Made', { description: 'What was made.' })
export class MadeType {
  @Field(() => ID, { description: 'Names it.' })
  id!: string;
}

@InputType('NewPersonInput', { description: 'Somebody to let in.' })
export class NewPersonInput {
  @Field(() => String, { description: 'What the hub shall call them.' })
  name!: string;

  @Field(() => String, {
    nullable: true,
    description: 'By which the identity provider’s account is matched.',
  })
  email?: string | null;
}

@InputType('NewRoleInput', { description: 'A role to give.' })
export class NewRoleInput {
  @Field(() => ID, { description: 'The person.' })
  person!: string;

  @Field(() => Role, { description: 'The role.' })
  role!: string;

  @Field(() => CountyScalar, { nullable: true, description: 'The county, for a role that is bound to one.' })
  county?: string | null;

  @Field(() => String, { nullable: true, description: 'The agency, for a role that is bound to one.' })
  agency?: string | null;

  @Field(() => [Purpose], {
    nullable: true,
    description: 'What for; all that the role may be held for, if left out.',
  })
  purposes?: string[] | null;

  @Field(() => String, { nullable: true, description: 'The agreement that it rests on: it ends with it.' })
  agreement?: string | null;

  @Field(() => DateScalar, { nullable: true, description: 'The last day.' })
  effectiveTo?: string | null;
}

@InputType('NewTokenInput', { description: 'A token to make.' })
export class NewTokenInput {
  @Field(() => String, { description: 'What to call it.' })
  name!: string;

  @Field(() => [String], {
    nullable: true,
    description: 'The operations that it is good for; all of the role, if left out.',
  })
  scopes?: string[] | null;

  @Field(() => Int, { defaultValue: 90, description: 'For how many days, up to 366.' })
  days!: number;
}
