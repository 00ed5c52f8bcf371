import { Field, ID, ObjectType } from 'type-graphql';
import { MomentScalar } from '../scalars.ts';

@ObjectType('Job', { description: 'Something that the hub was asked to do, in its turn.' })
export class JobType {
  @Field(() => ID, { description: 'Its id.' })
  id!: string;

  @Field(() => String, { description: 'night, release, withdrawal, report or dataset.' })
  job!: string;

  @Field(() => MomentScalar, { description: 'When it was asked for.' })
  askedAt!: Date;

  @Field(() => MomentScalar, { nullable: true, description: 'When it began; null while it waits.' })
  begunAt!: Date | null;

  @Field(() => MomentScalar, { nullable: true, description: 'When it ended; null until then.' })
  endedAt!: Date | null;

  @Field(() => String, { nullable: true, description: 'done, refused or failed; null until it ends.' })
  outcome!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The code of what stopped it; null where nothing did.',
  })
  code!: string | null;
}

@ObjectType('Upload', { description: 'A delivery that was opened, and where its files go.' })
export class UploadType {
  @Field(() => ID, { description: 'Its id, the same for the same manifest.' })
  id!: string;

  @Field(() => String, {
    description:
      'Below this address each file is sent in pieces, which go on after a break (docs/uploads.md).',
  })
  address!: string;

  @Field(() => Boolean, { description: 'False where the same manifest had opened it before.' })
  begun!: boolean;
}
