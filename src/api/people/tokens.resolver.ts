import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver } from 'type-graphql';
import { uuidOf } from '../../access/named-id.ts';
import { judge, nothingHere, type Permission } from '../../access/permit.ts';
import type { Reader } from '../../access/reader.ts';
import { rolesOf } from '../../access/roles-held.ts';
import { createToken, listTokens, revokeToken, type TokenLine } from '../../access/tokens.ts';
import { loadContracts } from '../../contracts/contracts.ts';
import { type Connection, connection, PageArgs, pageOf, uuidKey } from '../connection.ts';
import type { ApiContext, PermittedContext } from '../context.ts';
import { wordsOf } from '../enums.ts';
import { idOf, KeyArg, signedIn } from '../idempotency.ts';
import {
  EndedType,
  MeType,
  NewTokenInput,
  NewTokenType,
  OwnRoleType,
  TokenConnection,
} from './people.type.ts';

@Resolver(() => MeType)
export class TokensResolver {
  @Query(() => MeType, { description: wordsOf('me') })
  me(@Ctx() { reader }: PermittedContext): MeType {
    const policy = loadContracts().accessPolicy;
    const may = [...policy.operations.keys()].filter((name) => 'permission' in judge(policy, reader, name));
    const asked = policy.roles.get(reader.role)?.secondFactor === true;
    return { ...reader, secondFactor: !asked || reader.factors === 2, may };
  }

  @FieldResolver(() => [OwnRoleType], { description: 'Every role that the reader may act in.' })
  async roles(@Ctx() { gate, reader }: ApiContext): Promise<readonly OwnRoleType[]> {
    return reader.person === null ? [] : rolesOf(gate, reader.person);
  }

  @Query(() => TokenConnection, { description: wordsOf('tokens') })
  async tokens(
    @Args(() => PageArgs) args: PageArgs,
    @Ctx() { gate, reader, permission }: PermittedContext,
  ): Promise<Connection<TokenLine>> {
    const page = pageOf(args);
    const person = ofWhom(reader, permission);
    return connection(
      await listTokens(gate, { person, most: page.most, after: uuidKey(page) }),
      page,
      (row) => row.id,
    );
  }

  @Mutation(() => NewTokenType, { description: wordsOf('createToken') })
  async createToken(
    @Arg('input', () => NewTokenInput, { description: 'What it is for.' }) input: NewTokenInput,
    @KeyArg() key: string,
    @Ctx() { gate, reader }: PermittedContext,
  ): Promise<NewTokenType> {
    const by = signedIn(reader);
    if (reader.held === null || reader.factors === 0) throw nothingHere();
    const id = uuidOf('token', by, key);
    const made = await createToken(gate, {
      name: input.name,
      scopes: input.scopes,
      days: input.days,
      id,
      held: reader.held,
      factors: reader.factors,
      madeBy: by,
    });
    return { id: made.id, token: made.text };
  }

  @Mutation(() => EndedType, { description: wordsOf('revokeToken') })
  async revokeToken(
    @Arg('id', () => ID, { description: 'The token.' }) id: string,
    @Ctx() { gate, reader, permission }: PermittedContext,
  ): Promise<EndedType> {
    if (!(await revokeToken(gate, idOf(id), ofWhom(reader, permission)))) throw nothingHere();
    return { id };
  }
}

/** Their own, unless their reach is everybody's. */
function ofWhom(reader: Reader, permission: Permission): string | undefined {
  return permission.operation.reach.get(reader.role) === 'all' ? undefined : signedIn(reader);
}
