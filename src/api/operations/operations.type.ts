import { Field, Float, ID, ObjectType } from 'type-graphql';
import { bandOf } from '../../access/band.ts';
import type { Permission } from '../../access/permit.ts';
import { connectionOf } from '../connection.ts';
import { MomentScalar } from '../scalars.ts';

@ObjectType('OperationalCount', {
  description: 'A count of rows: as it is for who sent them and the steward, otherwise a band.',
})
export class OperationalCountType {
  @Field(() => Float, { nullable: true, description: 'The count; null for a reader who sees bands.' })
  exact!: number | null;

  @Field(() => String, { description: 'The band that it lies in.' })
  band!: string;
}

export function countFor({ exact }: Permission, count: number): OperationalCountType {
  return { exact: exact ? count : null, band: bandOf(count) };
}

@ObjectType('Stage', { description: 'A stage of a run.' })
export class StageType {
  @Field(() => String, { description: 'Its name.' })
  name!: string;

  @Field(() => String, { description: 'How it ended, or `running`.' })
  outcome!: string;

  @Field(() => OperationalCountType, { description: 'Rows that it was given.' })
  rowsIn!: OperationalCountType;

  @Field(() => OperationalCountType, { description: 'Rows that it took.' })
  accepted!: OperationalCountType;

  @Field(() => OperationalCountType, { description: 'Rows that it turned away.' })
  rejected!: OperationalCountType;

  @Field(() => MomentScalar, { description: 'When it began.' })
  startedAt!: Date;

  @Field(() => MomentScalar, { nullable: true, description: 'When it ended.' })
  endedAt!: Date | null;

  @Field(() => String, { nullable: true, description: 'The code of what stopped it.' })
  errorCode!: string | null;
}

@ObjectType('Run', { description: 'Something that the hub did, in stages.' })
export class RunType {
  permission!: Permission;

  @Field(() => ID, { description: 'Its id.' })
  id!: string;

  @Field(() => String, { description: 'What was done.' })
  kind!: string;

  @Field(() => String, { description: 'How it ended, or `running`.' })
  outcome!: string;

  @Field(() => MomentScalar, { description: 'When it began.' })
  startedAt!: Date;

  @Field(() => MomentScalar, { nullable: true, description: 'When it ended.' })
  endedAt!: Date | null;
}

export const RunConnection = connectionOf('Run', RunType);

@ObjectType('DeliveryFile', { description: 'A file of a delivery.' })
export class DeliveryFileType {
  @Field(() => String, { description: 'Its name.' })
  file!: string;

  @Field(() => String, { description: 'Its record type.' })
  record!: string;

  @Field(() => OperationalCountType, { description: 'Its rows.' })
  rows!: OperationalCountType;

  @Field(() => OperationalCountType, { description: 'Rows that were taken.' })
  accepted!: OperationalCountType;

  @Field(() => OperationalCountType, { description: 'Rows that were rejected.' })
  rejected!: OperationalCountType;

  @Field(() => OperationalCountType, { description: 'Rows that wait for what they refer to.' })
  quarantined!: OperationalCountType;
}

@ObjectType('Delivery', { description: 'What an agency sent at one time.' })
export class DeliveryType {
  permission!: Permission;
  key!: string;

  @Field(() => String, { description: 'The agency.' })
  agency!: string;

  @Field(() => ID, { description: 'The agency’s own id of it.' })
  delivery!: string;

  @Field(() => String, { description: 'The agreement that it came under.' })
  agreement!: string;

  @Field(() => String, { description: '`full`, or `delta` for changes only.' })
  kind!: string;

  @Field(() => MomentScalar, { description: 'The moment that it tells of.' })
  asOf!: Date;

  @Field(() => MomentScalar, { description: 'When it became current.' })
  loadedAt!: Date;
}

export const DeliveryConnection = connectionOf('Delivery', DeliveryType);

@ObjectType('RefusedDelivery', { description: 'A delivery that was refused.' })
export class RefusedDeliveryType {
  permission!: Permission;
  key!: string;

  @Field(() => String, { description: 'The agency that sent it.' })
  agency!: string;

  @Field(() => String, { description: 'Its id, as the agency gave it.' })
  delivery!: string;

  @Field(() => MomentScalar, { description: 'The moment as of which it tells.' })
  asOf!: Date;

  @Field(() => String, { description: 'The rule or the check that refused it.' })
  code!: string;

  @Field(() => String, {
    nullable: true,
    description:
      'What was wrong, and in which file; null for a reader who sees bands, since it may tell a count.',
  })
  words!: string | null;

  @Field(() => String, { nullable: true, description: 'What to do; null where nothing is known.' })
  remedy!: string | null;

  @Field(() => MomentScalar, { description: 'When it was refused.' })
  refusedAt!: Date;

  @Field(() => Boolean, { description: 'Whether something as new came and was taken since.' })
  sentAgain!: boolean;
}

export const RefusedDeliveryConnection = connectionOf('RefusedDelivery', RefusedDeliveryType);
