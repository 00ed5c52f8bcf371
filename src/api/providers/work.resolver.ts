import { Arg, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql';
import { askToConfirm } from '../../providers/confirm.ts';
import { type Decision, settleWaiting } from '../../providers/decide-waiting.ts';
import { recordProgram } from '../../providers/record-program.ts';
import { workList } from '../../providers/work-list.ts';
import type { PermittedContext } from '../context.ts';
import { WaitingDecision, wordsOf } from '../enums.ts';
import { idOf, signedIn } from '../idempotency.ts';
import { CountyScalar } from '../scalars.ts';
import { programAnswer } from './program-answer.ts';
import { ProgramType } from './providers.type.ts';
import { ProgramInput, ProviderWorkType } from './work.type.ts';

@Resolver()
export class ProviderWorkResolver {
  @Query(() => ProviderWorkType, { description: wordsOf('providerWork') })
  async providerWork(
    @Arg('county', () => CountyScalar, { nullable: true, description: 'One county.' }) county: string | null,
    @Ctx() { database, permission }: PermittedContext,
  ): Promise<ProviderWorkType> {
    const claims = county === null ? permission.claims : { ...permission.claims, county };
    const { items, waiting } = await workList(database, claims);
    const ids = (why: 'stale' | 'no_capacity'): string[] =>
      items.flatMap((item) => (item.why.includes(why) ? [item.program.id] : []));
    return { stale: ids('stale'), withoutCapacity: ids('no_capacity'), waiting };
  }

  @Mutation(() => ProgramType, { description: wordsOf('recordProgram') })
  async recordProgram(
    @Arg('input', () => ProgramInput, { description: 'What it says.' }) input: ProgramInput,
    @Ctx() { database, permission, reader }: PermittedContext,
  ): Promise<ProgramType> {
    const claims = { ...permission.claims, county: input.county };
    return programAnswer(await recordProgram(database, claims, input, signedIn(reader)), permission);
  }

  @Mutation(() => Boolean, { description: wordsOf('askProvider') })
  async askProvider(
    @Arg('program', () => ID, { description: 'The program whose entry it is.' }) program: string,
    @Ctx() { database, permission, hubAddress }: PermittedContext,
  ): Promise<boolean> {
    await askToConfirm(database, permission.claims, { program: idOf(program), hubAddress });
    return true;
  }

  @Mutation(() => Boolean, { description: wordsOf('decideWaitingProgram') })
  async decideWaitingProgram(
    @Arg('id', () => ID, { description: 'The entry that waits.' }) id: string,
    @Arg('decision', () => WaitingDecision, { description: 'What it is.' }) decision: string,
    @Ctx() { database, permission, reader }: PermittedContext,
  ): Promise<boolean> {
    await settleWaiting(database, permission.claims, {
      id: idOf(id),
      decision: decision as Decision,
      by: signedIn(reader),
    });
    return true;
  }
}
