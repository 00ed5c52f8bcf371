import { Field, Float, ObjectType } from 'type-graphql';
import type { Permission } from '../../access/permit.ts';
import type { FeedQuality } from '../../deliveries/quality.ts';
import type { Trend } from '../../deliveries/trend.ts';
import { connectionOf } from '../connection.ts';
import { countFor, OperationalCountType } from '../operations/operations.type.ts';
import { MomentScalar } from '../scalars.ts';

@ObjectType('Trended', { description: 'A count of rows beside what is usual in its feed.' })
export class TrendedType {
  @Field(() => OperationalCountType, { description: 'The count.' })
  now!: OperationalCountType;

  @Field(() => OperationalCountType, {
    nullable: true,
    description: 'The median of the deliveries before; null for the first.',
  })
  usual!: OperationalCountType | null;
}

export function trended(permission: Permission, { value, usual }: Trend): TrendedType {
  return { now: countFor(permission, value), usual: usual === null ? null : countFor(permission, usual) };
}

@ObjectType('FeedDelivery', { description: 'What one delivery of a feed came to.' })
export class FeedDeliveryType {
  @Field(() => String, { description: 'The agency’s own id of it.' })
  delivery!: string;

  @Field(() => MomentScalar, { description: 'The moment that it tells of.' })
  asOf!: string;

  @Field(() => TrendedType, { description: 'Its rows.' })
  rows!: TrendedType;

  @Field(() => OperationalCountType, { description: 'Rows that were taken.' })
  accepted!: OperationalCountType;

  @Field(() => OperationalCountType, { description: 'Rows that were rejected.' })
  rejected!: OperationalCountType;

  @Field(() => OperationalCountType, { description: 'Rows that wait for what they refer to.' })
  quarantined!: OperationalCountType;

  @Field(() => Float, {
    nullable: true,
    description: 'Rejected rows among all; null for a reader who sees bands.',
  })
  rejectedShare!: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'The usual share; null for the first delivery, and for a reader who sees bands.',
  })
  usualRejectedShare!: number | null;
}

@ObjectType('FeedRule', { description: 'A quality rule that rows of a feed broke.' })
export class FeedRuleType {
  @Field(() => String, { description: 'The rule.' })
  rule!: string;

  @Field(() => String, { description: 'What becomes of a row that breaks it.' })
  severity!: string;

  @Field(() => TrendedType, { description: 'Rows that break it in the newest delivery.' })
  rows!: TrendedType;
}

@ObjectType('Feed', { description: 'What one agency sends of one record type, whole or as changes.' })
export class FeedType {
  permission!: Permission;
  source!: FeedQuality;

  @Field(() => String, { description: 'The agency.' })
  agency!: string;

  @Field(() => String, { description: 'The record type.' })
  record!: string;

  @Field(() => String, { description: '`full`, or `delta` for changes only.' })
  kind!: string;

  @Field(() => [FeedRuleType], { description: 'The rules that its rows broke.' })
  rules!: readonly FeedRuleType[];
}
export const FeedConnection = connectionOf('Feed', FeedType);
