import { Arg, Args, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql';
import { nothingHere } from '../../access/permit.ts';
import { loadContracts } from '../../contracts/contracts.ts';
import { offeredBy } from '../../register/content.ts';
import { entryHistory, type RegisterEntry, recordEntry, registerEntries } from '../../register/entries.ts';
import { fieldValues } from '../../register/field-values.ts';
import { publicEntries } from '../../register/public-entries.ts';
import { type Connection, connection, PageArgs, pageOf, uuidKey } from '../connection.ts';
import type { PermittedContext } from '../context.ts';
import { RegisterKind, wordsOf } from '../enums.ts';
import { idOf, KeyArg, signedIn } from '../idempotency.ts';
import { CountyScalar, DateScalar } from '../scalars.ts';
import {
  RegisterEntryConnection,
  RegisterEntryInput,
  RegisterEntryType,
  RegisterKindInfoType,
} from './register.type.ts';

@Resolver(() => RegisterEntryType)
export class RegisterResolver {
  @Query(() => [RegisterKindInfoType], { description: wordsOf('registerKinds') })
  registerKinds(): RegisterKindInfoType[] {
    const contracts = loadContracts();
    return [...contracts.register.values()].map((kind) => ({
      ...kind,
      fields: kind.fields.map((field) => ({
        ...field,
        choices: [...(offeredBy(contracts, field) ?? [])].map(([value, label]) => ({ value, label })),
      })),
    }));
  }

  @Query(() => RegisterEntryConnection, { description: wordsOf('register') })
  async register(
    @Args(() => PageArgs) args: PageArgs,
    @Ctx() { database, permission }: PermittedContext,
    @Arg('county', () => CountyScalar, { nullable: true, description: 'One county.' }) county?: string | null,
    @Arg('kind', () => RegisterKind, { nullable: true, description: 'One kind.' }) kind?: string | null,
    @Arg('on', () => DateScalar, { nullable: true, description: 'What held on this day.' }) on?:
      | string
      | null,
  ): Promise<Connection<RegisterEntryType>> {
    const page = pageOf(args);
    const entries = await registerEntries(database, permission.claims, {
      county,
      kinds: typeof kind === 'string' ? [kind] : undefined,
      on,
      after: uuidKey(page),
      most: page.most,
    });
    return connection(entries.map(entryOf), page, (row) => row.id);
  }

  @Query(() => RegisterEntryConnection, { description: wordsOf('publicRegister') })
  async publicRegister(
    @Args(() => PageArgs) args: PageArgs,
    @Ctx() { database, permission }: PermittedContext,
    @Arg('county', () => CountyScalar, { nullable: true, description: 'One county.' }) county?: string | null,
    @Arg('kind', () => RegisterKind, { nullable: true, description: 'One kind.' }) kind?: string | null,
  ): Promise<Connection<RegisterEntryType>> {
    const page = pageOf(args);
    const entries = await publicEntries(database, permission.claims, {
      county,
      kind,
      after: uuidKey(page),
      most: page.most,
    });
    return connection(entries.map(entryOf), page, (row) => row.id);
  }

  @Query(() => [RegisterEntryType], { description: wordsOf('registerHistory') })
  async registerHistory(
    @Arg('id', () => ID, { description: 'The entry.' }) id: string,
    @Ctx() { database, permission }: PermittedContext,
  ): Promise<RegisterEntryType[]> {
    const versions = await entryHistory(database, permission.claims, idOf(id));
    if (versions.length === 0) throw nothingHere();
    return versions.map(entryOf);
  }

  @Mutation(() => RegisterEntryType, { description: wordsOf('recordRegisterEntry') })
  async recordRegisterEntry(
    @Arg('input', () => RegisterEntryInput, { description: 'What it says.' }) input: RegisterEntryInput,
    @KeyArg() key: string,
    @Ctx() { database, permission, reader }: PermittedContext,
  ): Promise<RegisterEntryType> {
    const { kind, county, effectiveFrom, effectiveTo, fields, version, withdrawn } = input;
    const id = input.id ? idOf(input.id) : null;
    const entry = { id, version, kind, county, effectiveFrom, effectiveTo, fields, withdrawn };
    return entryOf(await recordEntry(database, permission.claims, entry, { person: signedIn(reader), key }));
  }
}

export function entryOf(entry: RegisterEntry): RegisterEntryType {
  return {
    ...entry,
    county: entry.county === 'state' ? null : entry.county,
    fields: fieldValues(loadContracts(), entry.kind, entry.content),
  };
}
