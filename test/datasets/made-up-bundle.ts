/** People who ask for datasets and review them, and a bundle as they get it, over a made-up release. */
import { join } from 'node:path';
import { releaseDataset } from '../../src/app/dataset/release-dataset.ts';
import type { Contracts } from '../../src/contracts/contracts.ts';
import { download, makeLink } from '../../src/datasets/link.ts';
import { recordRequest } from '../../src/datasets/record-request.ts';
import type { Actor, Bundle } from '../../src/datasets/request.ts';
import { takeStep } from '../../src/datasets/request-steps.ts';
import type { Claims } from '../../src/db/transaction.ts';
import { registerSources } from '../../src/sources/register.ts';
import type { TestDatabase } from '../support/database.ts';
import { madeUpState } from '../support/made-up-candidate.ts';
import { release, storeCandidate } from '../support/released.ts';
import { AGENCY, agreement, givenRequest } from './made-up-request.ts';

const person = (n: number): string => `00000000-0000-8000-8000-00000000000${n}`;
export const people = {
  author: { person: person(1), name: 'A. Researcher', role: 'researcher' },
  steward: { person: person(2), name: 'S. Steward', role: 'steward' },
  counsel: { person: person(3), name: 'C. Counsel', role: 'county-counsel' },
  advisor: { person: person(4), name: 'V. Advisor', role: 'survivor-advisor' },
  stranger: { person: person(5), name: 'X. Other', role: 'researcher' },
  otherCounsel: { person: person(6), name: 'O. Counsel', role: 'county-counsel' },
} as const satisfies Record<string, Actor>;
export type Who = keyof typeof people;

export const claimsOf: Readonly<Record<Who, Claims>> = {
  author: { person: person(1) },
  steward: { person: person(2), county: '*' },
  counsel: { person: person(3), county: '06001' },
  advisor: { person: person(4), county: '*' },
  stranger: { person: person(5) },
  otherCounsel: { person: person(6), county: '06003' },
};

const state = madeUpState({
  seed: 11,
  counties: 4,
  largest: 90,
  years: [2022, 2023, 2024],
  only: ['identified'],
});

/** One release, and agreements of which one is in force for research. */
export async function releasedForResearch(database: TestDatabase): Promise<void> {
  await registerSources(await database.as('loader'), {
    agencies: [AGENCY],
    agreements: [
      agreement('R-1', '2020-01-01', null),
      agreement('R-old', '2020-01-01', '2021-01-01'),
      agreement('R-other', '2020-01-01', null, ['treatment']),
    ],
  });
  await storeCandidate(await database.as('measurer'), state.candidate);
  await release(await database.as('publisher'), state, '2024');
}

export async function give(
  database: TestDatabase,
  contracts: Contracts,
  { who, request, folder }: { readonly who: Who; readonly request: string; readonly folder: string },
): Promise<Bundle> {
  return releaseDataset({
    api: await database.as('api'),
    contracts,
    permission: { claims: claimsOf[who] } as Parameters<typeof releaseDataset>[0]['permission'],
    by: people[who],
    request,
    release: undefined,
    dataDir: folder,
    hubAddress: 'https://hub.example.org',
  });
}

export async function approved(
  database: TestDatabase,
  contracts: Contracts,
  key: string,
  given: ReturnType<typeof givenRequest> = givenRequest(),
): Promise<string> {
  const api = await database.as('api');
  const asked = { ...given, key, submit: true };
  const id = await recordRequest(api, contracts, claimsOf.author, asked, people.author);
  for (const who of ['steward', 'counsel'] as const)
    await takeStep(api, contracts, claimsOf[who], { request: id, act: { act: 'approve' }, by: people[who] });
  return id;
}

/** The path of the ZIP, fetched by a link. */
export async function madeUpBundle(
  database: TestDatabase,
  contracts: Contracts,
  folder: string,
): Promise<string> {
  await releasedForResearch(database);
  const request = await approved(database, contracts, 'a bundle');
  await give(database, contracts, { who: 'steward', request, folder });
  const api = await database.as('api');
  const { secret } = await makeLink(api, contracts, claimsOf.author, { request, by: people.author });
  const path = join(folder, 'bundle.zip');
  await download(api, secret, path);
  return path;
}
