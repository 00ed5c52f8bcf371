import { Arg, Args, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import {
  agreementsSeen,
  recordTerms,
  type TermsVersion,
  terminate,
  termsOf,
} from '../../agreements/agreements.ts';
import { loadContracts } from '../../contracts/contracts.ts';
import { fieldValues } from '../../register/field-values.ts';
import { type Connection, connection, PageArgs, pageOf } from '../connection.ts';
import type { ApiContext, PermittedContext } from '../context.ts';
import { wordsOf } from '../enums.ts';
import { signedIn } from '../idempotency.ts';
import { FieldValueInput } from '../register/register.type.ts';
import { DateScalar } from '../scalars.ts';
import {
  AgreementConnection,
  AgreementEndType,
  AgreementTermsType,
  AgreementType,
} from './agreements.type.ts';

@Resolver(() => AgreementType)
export class AgreementsResolver {
  @Query(() => AgreementConnection, { description: wordsOf('agreements') })
  async agreements(
    @Args(() => PageArgs) args: PageArgs,
    @Ctx() { database, permission }: PermittedContext,
  ): Promise<Connection<AgreementType>> {
    const page = pageOf(args);
    const seen = await agreementsSeen(database, permission.claims, page);
    return connection(
      seen.map((agreement) => ({ ...agreement, permission })),
      page,
      (row) => row.id,
    );
  }

  @FieldResolver(() => [AgreementTermsType], { description: 'Its terms, newest version first.' })
  async terms(
    @Root() agreement: AgreementType,
    @Ctx() { database, loaders }: ApiContext,
  ): Promise<AgreementTermsType[]> {
    const { permission } = agreement;
    const byAgreement = loaders.of<string, TermsVersion>(
      'terms',
      permission,
      (ids) => termsOf(database, permission.claims, ids),
      (terms) => terms.agreement,
    );
    return (await byAgreement.load(agreement.id)).map(readable);
  }

  @Mutation(() => AgreementTermsType, { description: wordsOf('recordAgreementTerms') })
  async recordAgreementTerms(
    @Arg('agreement', () => ID, { description: 'The agreement.' }) agreement: string,
    @Arg('version', () => Int, { description: 'The version that the writer had seen; 0 for the first.' })
    version: number,
    @Arg('fields', () => [FieldValueInput], { description: 'What the terms say.' }) fields: FieldValueInput[],
    @Ctx() { database, permission, reader }: PermittedContext,
  ): Promise<AgreementTermsType> {
    const terms = { agreement, version, fields };
    return readable(await recordTerms(database, permission.claims, terms, signedIn(reader)));
  }

  @Mutation(() => AgreementEndType, { description: wordsOf('terminateAgreement') })
  async terminateAgreement(
    @Arg('agreement', () => ID, { description: 'The agreement.' }) agreement: string,
    @Arg('lastDay', () => DateScalar, { description: 'The last day on which it is in force.' })
    lastDay: string,
    @Ctx() { database, permission }: PermittedContext,
  ): Promise<AgreementEndType> {
    return terminate(database, permission.claims, agreement, lastDay);
  }
}

function readable(terms: TermsVersion): AgreementTermsType {
  return { ...terms, fields: fieldValues(loadContracts(), 'agreement_terms', terms.content) };
}
