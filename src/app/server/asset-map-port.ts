import type { DataSource } from 'typeorm';
import type { AssetMapPort } from '../../../web/asset-map-view.ts';
import type { Contracts } from '../../contracts/contracts.ts';
import { assetMap } from '../../providers/asset-map.ts';
import { askToConfirm, confirmByLink, entryOfLink } from '../../providers/confirm.ts';
import { settleWaiting } from '../../providers/decide-waiting.ts';
import { directory } from '../../providers/directory.ts';
import { resourceGaps } from '../../providers/gaps/gaps.ts';
import { recordProgram } from '../../providers/record-program.ts';
import { search } from '../../providers/search.ts';
import { todayText } from '../../providers/stale.ts';
import { lookAtUpload, takeUpload } from '../../providers/upload.ts';
import { workList } from '../../providers/work-list.ts';
import { rowsOfUpload } from './rows-of-upload.ts';

export function assetMapPort(api: DataSource, contracts: Contracts, hubAddress: string): AssetMapPort {
  return {
    map: async (need) => assetMap(contracts, (await directory(api)).programs, need),
    programs: async () => (await directory(api)).programs,
    find: async (situation) => search((await directory(api)).programs, situation, todayText()),
    program: async (id) => (await directory(api)).byId.get(id),
    gaps: (asked) => resourceGaps(api, contracts, asked),
    work: ({ claims }) => workList(api, claims),
    record: ({ claims }, said, by) => recordProgram(api, claims, said, by),
    look: async ({ claims }, file, otherwise, by) =>
      lookAtUpload(api, claims, await rowsOfUpload(contracts, file, otherwise), by),
    take: ({ claims }, upload, by) => takeUpload(api, claims, upload, by),
    ask: ({ claims }, program) => askToConfirm(api, claims, { program, hubAddress }),
    settle: ({ claims }, id, decision, by) => settleWaiting(api, claims, { id, decision, by }),
    ofLink: (secret) => entryOfLink(api, secret),
    confirm: (secret) => confirmByLink(api, secret),
  };
}
