import { Arg, Ctx, ID, Resolver, Root, Subscription } from 'type-graphql';
import { nothingHere } from '../../access/permit.ts';
import { oneRunSeen } from '../../runs/runs-seen.ts';
import type { LedgerNews } from '../../runs/watch.ts';
import type { PermittedContext } from '../context.ts';
import { wordsOf } from '../enums.ts';
import { idOf } from '../idempotency.ts';
import { RunType } from '../operations/operations.type.ts';

@Resolver()
export class RunProgressResolver {
  /** How it stands, at once and after each change, until it ends. */
  @Subscription(() => RunType, {
    description: wordsOf('runProgress'),
    subscribe: ({ args, context }) =>
      progressOf((args as { id: string }).id, context as PermittedContext) as never,
  })
  runProgress(
    @Root() run: RunType,
    @Arg('id', () => ID, { description: 'The run.' }) _id: string,
    @Ctx() _context: PermittedContext,
  ): RunType {
    return run;
  }
}

/** A run that is not there is answered before the stream begins, like one that is not for the reader. */
async function progressOf(text: string, context: PermittedContext): Promise<AsyncGenerator<RunType>> {
  const { database, permission, jobs, ended } = context;
  const id = idOf(text);
  const look = async (): Promise<RunType> => {
    const run = await oneRunSeen(database, permission.claims, id);
    if (run === undefined) throw nothingHere();
    return { ...run, permission };
  };
  // Listened first and looked then, so that nothing happens in between.
  const news = await jobs.follow(ended);
  return from(await look(), look, news);
}

async function* from(
  first: RunType,
  look: () => Promise<RunType>,
  news: AsyncIterable<LedgerNews>,
): AsyncGenerator<RunType> {
  yield first;
  if (first.endedAt !== null) return;
  for await (const one of news) {
    if (one.run !== first.id) continue;
    const now = await look();
    yield now;
    if (now.endedAt !== null) return;
  }
}
