import { Field, ID, Int, ObjectType } from 'type-graphql';
import type { Permission } from '../../access/permit.ts';
import { connectionOf } from '../connection.ts';
import { AgreementDecision, Purpose } from '../enums.ts';
import { FieldValueType } from '../register/register.type.ts';
import { DateScalar, MomentScalar } from '../scalars.ts';

@ObjectType('AgreementTerms', { description: 'The terms of an agreement, as counsel reads them.' })
export class AgreementTermsType {
  @Field(() => Int, { description: 'The number of the version.' })
  version!: number;

  @Field(() => MomentScalar, { description: 'When it was recorded.' })
  recordedAt!: Date;

  @Field(() => [FieldValueType], { description: 'What it says.' })
  fields!: FieldValueType[];
}

@ObjectType('Agreement', { description: 'An agreement under which data are sent and used.' })
export class AgreementType {
  /** What let the reader see it lets them see its terms. */
  permission!: Permission;

  @Field(() => ID, { description: 'Its id, which deliveries name.' })
  id!: string;

  @Field(() => [String], { description: 'The agencies that send under it.' })
  agencies!: readonly string[];

  @Field(() => [String], { description: 'The record types that it covers.' })
  recordTypes!: readonly string[];

  @Field(() => [Purpose], { description: 'What the data may be used for.' })
  purposes!: readonly string[];

  @Field(() => [String], { description: 'Fields that it leaves out.' })
  withheldFields!: readonly string[];

  @Field(() => Boolean, { description: 'Whether it names services to which a minor consents alone.' })
  minorConsentServices!: boolean;

  @Field(() => Boolean, { description: 'Whether content may be sent before scope is known.' })
  contentUpFront!: boolean;

  @Field(() => DateScalar, { description: 'The first day in force.' })
  effectiveFrom!: string;

  @Field(() => DateScalar, { nullable: true, description: 'The last day; null while it runs on.' })
  effectiveTo!: string | null;

  @Field(() => Boolean, { description: 'Whether it is in force today.' })
  inForce!: boolean;

  @Field(() => MomentScalar, {
    nullable: true,
    description: 'When what came under it was destroyed, at the end of its retention; null until then.',
  })
  destroyedAt!: Date | null;
}

export const AgreementConnection = connectionOf('Agreement', AgreementType);

@ObjectType('AgreementEnd', { description: 'The end of an agreement.' })
export class AgreementEndType {
  @Field(() => ID, { description: 'The agreement.' })
  id!: string;

  @Field(() => DateScalar, { description: 'Its last day.' })
  effectiveTo!: string;
}

@ObjectType('AgreementReview', { description: 'Something put to counsel about an agreement.' })
export class AgreementReviewType {
  @Field(() => ID, { description: 'Names it.' })
  id!: string;

  @Field(() => String, { description: 'The agreement.' })
  agreement!: string;

  @Field(() => String, { description: 'Why it was asked.' })
  reason!: string;

  @Field(() => MomentScalar, { description: 'When it was asked.' })
  askedAt!: Date;

  @Field(() => AgreementDecision, {
    nullable: true,
    description: 'What counsel decided; null while it is open.',
  })
  decision!: string | null;

  @Field(() => MomentScalar, { nullable: true, description: 'When it was decided.' })
  decidedAt!: Date | null;
}

export const AgreementReviewConnection = connectionOf('AgreementReview', AgreementReviewType);
