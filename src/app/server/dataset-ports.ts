import type { DataSource } from 'typeorm';
import type { DatasetsPort } from '../../../web/datasets-port.ts';
import { uuidOf } from '../../access/named-id.ts';
import type { Contracts } from '../../contracts/contracts.ts';
import { linkedBundle, makeLink } from '../../datasets/link.ts';
import { recordRequest } from '../../datasets/record-request.ts';
import { takeStep } from '../../datasets/request-steps.ts';
import { givenDatasets, requestsSeen, standingOf } from '../../datasets/requests-seen.ts';
import { previewTables } from '../../datasets/table-preview.ts';
import { askJob } from '../../runs/asked-jobs.ts';

const LINES = 200;

export function datasetPorts(
  api: DataSource,
  contracts: Contracts,
  { jobAsked, hubAddress }: { readonly jobAsked: () => void; readonly hubAddress: string },
): { readonly datasets: DatasetsPort } {
  return {
    datasets: {
      requests: ({ claims }) => requestsSeen(api, claims, { most: LINES }),
      standing: ({ claims }, id) => standingOf(api, claims, id),
      tables: () => previewTables(api, contracts),
      record: ({ claims }, given, by) => recordRequest(api, contracts, claims, given, by),
      take: ({ claims }, asked) => takeStep(api, contracts, claims, asked),
      release: async ({ claims }, { request, release, by, key }) => {
        const of = release === undefined ? {} : { release };
        const job = { job: 'dataset', arguments: { request, ...of } } as const;
        await askJob(api, claims, { id: uuidOf('job', by, key), job, by });
        jobAsked();
      },
      link: async ({ claims }, asked) => {
        const { secret, expiresAt, most } = await makeLink(api, contracts, claims, asked);
        return { address: `${hubAddress}/datasets/${secret}`, expiresAt, most };
      },
      hubAddress,
      given: () => givenDatasets(api, LINES),
      ofLink: (secret) => linkedBundle(api, secret),
    },
  };
}
