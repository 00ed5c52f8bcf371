import { Arg, Ctx, ID, Int, Mutation, Resolver } from 'type-graphql';
import { loadContracts } from '../../contracts/contracts.ts';
import { makeLink } from '../../datasets/link.ts';
import { recordRequest } from '../../datasets/record-request.ts';
import type { Actor } from '../../datasets/request.ts';
import { takeStep } from '../../datasets/request-steps.ts';
import { oneRequest } from '../../datasets/requests-seen.ts';
import type { Act } from '../../datasets/review-workflow.ts';
import { Refused } from '../../errors.ts';
import type { AskedJob } from '../../runs/asked-jobs.ts';
import type { PermittedContext } from '../context.ts';
import { RequestDecision, wordsOf } from '../enums.ts';
import { idOf, KeyArg, signedIn } from '../idempotency.ts';
import { askFor } from '../jobs/jobs.resolver.ts';
import { JobType } from '../jobs/jobs.type.ts';
import { requestFor } from './datasets.resolver.ts';
import { DatasetLinkType, DatasetRequestInput, DatasetRequestType } from './datasets.type.ts';

@Resolver()
export class RequestActsResolver {
  @Mutation(() => DatasetRequestType, { description: wordsOf('requestDataset') })
  async requestDataset(
    @Arg('input', () => DatasetRequestInput, { description: 'What is asked for.' })
    input: DatasetRequestInput,
    @Arg('submit', () => Boolean, {
      description: 'Whether it is put to review; otherwise it is kept as a draft.',
    })
    submit: boolean,
    @KeyArg() key: string,
    @Ctx() context: PermittedContext,
  ): Promise<DatasetRequestType> {
    const { database, permission } = context;
    const { fields, tables, proposals, version } = input;
    const id = await recordRequest(
      database,
      loadContracts(),
      permission.claims,
      {
        fields,
        tables,
        proposals: proposals ?? [],
        id: input.id ? idOf(input.id) : undefined,
        version: version ?? undefined,
        key,
        submit,
      },
      actor(context),
    );
    return seen(context, id);
  }

  @Mutation(() => DatasetRequestType, { description: wordsOf('withdrawRequest') })
  withdrawRequest(@RequestArg() id: string, @Ctx() context: PermittedContext): Promise<DatasetRequestType> {
    return take(context, id, { act: 'withdraw' });
  }

  @Mutation(() => DatasetRequestType, { description: wordsOf('commentOnRequest') })
  commentOnRequest(
    @RequestArg() id: string,
    @Arg('words', () => String, { description: 'What is said; never about one young person.' }) words: string,
    @KeyArg() key: string,
    @Ctx() context: PermittedContext,
  ): Promise<DatasetRequestType> {
    return take(context, id, { act: 'comment', words }, key);
  }

  @Mutation(() => DatasetRequestType, { description: wordsOf('decideRequest') })
  decideRequest(
    @RequestArg() id: string,
    @Arg('decision', () => RequestDecision, { description: 'What is decided.' })
    decision: 'begin' | 'approve' | 'return' | 'reject',
    @Ctx() context: PermittedContext,
    @Arg('words', () => String, {
      nullable: true,
      description: 'Why; asked for where it is returned or rejected.',
    })
    words?: string | null,
  ): Promise<DatasetRequestType> {
    const act: Act =
      decision === 'begin' || decision === 'approve'
        ? { act: decision }
        : { act: decision, words: words ?? '' };
    return take(context, id, act);
  }

  @Mutation(() => JobType, { description: wordsOf('releaseDataset') })
  async releaseDataset(
    @RequestArg() id: string,
    @KeyArg() key: string,
    @Ctx() context: PermittedContext,
    @Arg('release', () => Int, {
      nullable: true,
      description: 'A release that stands; the newest where none is named.',
    })
    release?: number | null,
  ): Promise<AskedJob> {
    const { database, permission } = context;
    const request = await oneRequest(database, permission.claims, idOf(id));
    if (request.state !== 'approved' && request.state !== 'released')
      throw new Refused(
        'OUT_OF_TURN',
        `The request is ${request.state.replace('_', ' ')}: nothing is released under it.`,
      );
    const of = release === null || release === undefined ? {} : { release };
    return askFor(context, key, { job: 'dataset', arguments: { request: request.id, ...of } });
  }

  @Mutation(() => DatasetLinkType, { description: wordsOf('linkDataset') })
  async linkDataset(@RequestArg() id: string, @Ctx() context: PermittedContext): Promise<DatasetLinkType> {
    const { database, permission, hubAddress } = context;
    const asked = { request: idOf(id), by: actor(context) };
    const { secret, expiresAt, most } = await makeLink(database, loadContracts(), permission.claims, asked);
    return { address: `${hubAddress}/datasets/${secret}`, expiresAt, downloads: most };
  }

  @Mutation(() => DatasetRequestType, { description: wordsOf('revokeDatasetLinks') })
  revokeDatasetLinks(
    @RequestArg() id: string,
    @Ctx() context: PermittedContext,
  ): Promise<DatasetRequestType> {
    return take(context, id, { act: 'revoke' });
  }

  @Mutation(() => DatasetRequestType, { description: wordsOf('destroyDataset') })
  destroyDataset(
    @RequestArg() id: string,
    @Arg('words', () => String, { description: 'How it was destroyed, and by whom.' }) words: string,
    @Ctx() context: PermittedContext,
  ): Promise<DatasetRequestType> {
    return take(context, id, { act: 'destroy', words });
  }
}

function RequestArg(): ReturnType<typeof Arg> {
  return Arg('id', () => ID, { description: 'The request.' });
}

async function take(
  context: PermittedContext,
  id: string,
  act: Act,
  key?: string,
): Promise<DatasetRequestType> {
  const { database, permission } = context;
  const asked = { request: idOf(id), act, by: actor(context) };
  await takeStep(database, loadContracts(), permission.claims, key === undefined ? asked : { ...asked, key });
  return seen(context, id);
}

async function seen({ database, permission }: PermittedContext, id: string): Promise<DatasetRequestType> {
  return requestFor(permission, await oneRequest(database, permission.claims, idOf(id)));
}

function actor({ reader }: PermittedContext): Actor {
  return { person: signedIn(reader), name: reader.name, role: reader.role };
}
