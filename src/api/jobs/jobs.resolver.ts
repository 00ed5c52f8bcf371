import { Arg, Ctx, ID, Int, Mutation, Query, Resolver } from 'type-graphql';
import { uuidOf } from '../../access/named-id.ts';
import { nothingHere } from '../../access/permit.ts';
import { Refused } from '../../errors.ts';
import { type AskedJob, askJob, type Job, jobSeen } from '../../runs/asked-jobs.ts';
import type { PermittedContext } from '../context.ts';
import { wordsOf } from '../enums.ts';
import { idOf, KeyArg, signedIn } from '../idempotency.ts';
import { JobType, UploadType } from './jobs.type.ts';

@Resolver()
export class JobsResolver {
  @Query(() => JobType, { description: wordsOf('job') })
  job(
    @Arg('id', () => ID, { description: 'Its id.' }) id: string,
    @Ctx() { database, permission }: PermittedContext,
  ): Promise<AskedJob> {
    return jobSeen(database, permission.claims, idOf(id));
  }

  @Mutation(() => JobType, { description: wordsOf('startNight') })
  startNight(
    @KeyArg() key: string,
    @Ctx() context: PermittedContext,
    @Arg('from', () => String, {
      nullable: true,
      description: 'The first stage; all before it are left as they are.',
    })
    from?: string | null,
    @Arg('until', () => String, { nullable: true, description: 'The last stage.' }) until?: string | null,
  ): Promise<AskedJob> {
    const stages = { ...(from ? { from: stage(from) } : {}), ...(until ? { until: stage(until) } : {}) };
    return askFor(context, key, { job: 'night', arguments: stages });
  }

  @Mutation(() => JobType, { description: wordsOf('publishRelease') })
  publishRelease(
    @Arg('period', () => String, { description: 'A closed month, quarter or year, such as 2025 or 2025-Q3.' })
    period: string,
    @KeyArg() key: string,
    @Ctx() context: PermittedContext,
    @Arg('corrects', () => Int, {
      nullable: true,
      description: 'The release of that period that it corrects.',
    })
    corrects?: number | null,
  ): Promise<AskedJob> {
    if (!/^\d{4}(-\d{2}|-Q[1-4])?$/.test(period))
      throw new Refused('PERIOD', 'A period is a month, a quarter or a year: 2025-09, 2025-Q3, 2025.');
    const correcting = corrects === null || corrects === undefined ? {} : { corrects };
    return askFor(context, key, { job: 'release', arguments: { period, ...correcting } });
  }

  @Mutation(() => JobType, { description: wordsOf('withdrawRelease') })
  withdrawRelease(
    @Arg('number', () => Int, { description: 'The release.' }) number: number,
    @Arg('because', () => String, { description: 'Why, for everybody to read.' }) because: string,
    @KeyArg() key: string,
    @Ctx() context: PermittedContext,
  ): Promise<AskedJob> {
    if (because.trim() === '' || because.length > 1000)
      throw new Refused('REASON', 'A reason has 1 to 1000 characters.');
    return askFor(context, key, { job: 'withdrawal', arguments: { number, because: because.trim() } });
  }

  /** The manifest is its own key: the same one opens the same delivery. */
  @Mutation(() => UploadType, { description: wordsOf('openDelivery') })
  async openDelivery(
    @Arg('agency', () => String, { description: 'The agency that sends it.' }) agency: string,
    @Arg('manifest', () => String, { description: 'The delivery’s manifest.json, as text.' })
    manifest: string,
    @Ctx() { jobs }: PermittedContext,
  ): Promise<UploadType> {
    if (jobs.beginUpload === undefined) throw nothingHere();
    return jobs.beginUpload(agency, Buffer.from(manifest));
  }
}

export async function askFor(
  { database, permission, reader, jobs }: PermittedContext,
  key: string,
  job: Job,
): Promise<AskedJob> {
  const by = signedIn(reader);
  const asked = await askJob(database, permission.claims, { id: uuidOf('job', by, key), job, by });
  jobs.jobAsked();
  return asked;
}

/** Which there are the command knows; here it is only made sure that it is a word. */
function stage(name: string): string {
  if (/^[a-z]{1,20}$/.test(name)) return name;
  throw new Refused('STAGE', 'A stage is named as in `npx tessera nightly --help`.');
}
