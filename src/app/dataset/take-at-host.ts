import { loadContracts } from '../../contracts/contracts.ts';
import type { DatasetRequest } from '../../datasets/request.ts';
import { takeStep } from '../../datasets/request-steps.ts';
import { oneRequest } from '../../datasets/requests-seen.ts';
import type { Act } from '../../datasets/review-workflow.ts';
import { type AsWhom, asHostReader } from './host-reader.ts';

/** Takes a step as somebody on the hub's own host; answers how the request stands after it. */
export async function takeAt(
  operation: string,
  request: string,
  act: Act,
  whom: AsWhom,
): Promise<DatasetRequest> {
  return asHostReader(operation, whom, async ({ api, permission, by }) => {
    await takeStep(api, loadContracts(), permission.claims, { request, act, by });
    return oneRequest(api, permission.claims, request);
  });
}
