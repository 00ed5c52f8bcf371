import { Args, Ctx, Query, Resolver } from 'type-graphql';
import { type HistoryLine, readHistory } from '../../audit/history.ts';
import { type Connection, connection, PageArgs, pageOf } from '../connection.ts';
import type { PermittedContext } from '../context.ts';
import { wordsOf } from '../enums.ts';
import { AuditEntryConnection } from './audit.type.ts';

@Resolver()
export class AuditResolver {
  @Query(() => AuditEntryConnection, { description: wordsOf('audit') })
  async audit(
    @Args(() => PageArgs) args: PageArgs,
    @Ctx() { database, permission }: PermittedContext,
  ): Promise<Connection<HistoryLine>> {
    const page = pageOf(args);
    const before = page.after !== undefined && /^\d{1,15}$/.test(page.after) ? Number(page.after) : undefined;
    const lines = await readHistory(database, permission.claims, { before, most: page.most });
    return connection(lines, page, (line) => String(line.number));
  }
}
