import { Arg, Ctx, Field, Mutation, ObjectType, Resolver } from 'type-graphql';
import { offerFactor, setPassword, takeFactor } from '../../access/sign-in.ts';
import type { PermittedContext } from '../context.ts';
import { wordsOf } from '../enums.ts';
import { signedIn } from '../idempotency.ts';
import { MadeType } from './people.type.ts';

@ObjectType('SecondFactorOffer', { description: 'A second factor that is not in force yet.' })
class SecondFactorOfferType {
  @Field(() => String, { description: 'What an authenticator app reads.' })
  address!: string;

  @Field(() => String, { description: 'The same for the hub, sealed: it goes back with the first code.' })
  sealed!: string;
}

@Resolver()
export class AccountResolver {
  @Mutation(() => SecondFactorOfferType, { description: wordsOf('offerSecondFactor') })
  offerSecondFactor(@Ctx() { reader, factors }: PermittedContext): SecondFactorOfferType {
    signedIn(reader);
    return offerFactor(reader.name ?? '', factors);
  }

  @Mutation(() => MadeType, { description: wordsOf('takeSecondFactor') })
  async takeSecondFactor(
    @Arg('sealed', () => String, { description: 'As it was offered.' }) sealed: string,
    @Arg('code', () => String, { description: 'A code of it.' }) code: string,
    @Ctx() { gate, reader, factors }: PermittedContext,
  ): Promise<MadeType> {
    await takeFactor(gate, signedIn(reader), sealed, code, factors);
    return { id: signedIn(reader) };
  }

  @Mutation(() => MadeType, { description: wordsOf('setPassword') })
  async setPassword(
    @Arg('password', () => String, { description: 'The new one: 12 to 200 characters.' }) password: string,
    @Ctx() { gate, reader }: PermittedContext,
  ): Promise<MadeType> {
    await setPassword(gate, signedIn(reader), password);
    return { id: signedIn(reader) };
  }
}
