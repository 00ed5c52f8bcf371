import { Field, Int, ObjectType } from 'type-graphql';

@ObjectType('Hub', { description: 'This installation of Tessera.' })
export class HubType {
  @Field(() => String, { description: 'The version of the software.' })
  version!: string;

  @Field(() => Int, {
    nullable: true,
    description: 'The number of the current release; null before the first one.',
  })
  release!: number | null;

  @Field(() => Boolean, {
    description: 'Whether anything that it holds is made up: then no figure is about anybody.',
  })
  madeUp!: boolean;
}
