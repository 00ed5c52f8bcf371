import { Arg, Args, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql';
import { askReview, decideReview, type Review, reviews } from '../../agreements/reviews.ts';
import { type Connection, connection, PageArgs, pageOf, uuidKey } from '../connection.ts';
import type { PermittedContext } from '../context.ts';
import { AgreementDecision, wordsOf } from '../enums.ts';
import { idOf, KeyArg, signedIn } from '../idempotency.ts';
import { AgreementReviewConnection, AgreementReviewType } from './agreements.type.ts';

@Resolver()
export class ReviewsResolver {
  @Query(() => AgreementReviewConnection, { description: wordsOf('agreementReviews') })
  async agreementReviews(
    @Args(() => PageArgs) args: PageArgs,
    @Arg('open', () => Boolean, { defaultValue: true, description: 'Only what is not decided yet.' })
    open: boolean,
    @Ctx() { database, permission }: PermittedContext,
  ): Promise<Connection<Review>> {
    const page = pageOf(args);
    const rows = await reviews(database, permission.claims, { open, most: page.most, after: uuidKey(page) });
    return connection(rows, page, (row) => row.id);
  }

  @Mutation(() => AgreementReviewType, { description: wordsOf('askAgreementReview') })
  async askAgreementReview(
    @Arg('agreement', () => ID, { description: 'The agreement.' }) agreement: string,
    @Arg('reason', () => String, { description: 'What is asked; never about one young person.' })
    reason: string,
    @KeyArg() key: string,
    @Ctx() { database, permission, reader }: PermittedContext,
  ): Promise<Review> {
    return askReview(database, permission.claims, { agreement, reason, person: signedIn(reader), key });
  }

  @Mutation(() => AgreementReviewType, { description: wordsOf('decideAgreementReview') })
  async decideAgreementReview(
    @Arg('id', () => ID, { description: 'What was asked.' }) id: string,
    @Arg('decision', () => AgreementDecision, { description: 'Counsel’s decision.' }) decision: string,
    @Ctx() { database, permission, reader }: PermittedContext,
  ): Promise<Review> {
    return decideReview(database, permission.claims, { id: idOf(id), decision, person: signedIn(reader) });
  }
}
