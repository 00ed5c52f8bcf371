import type { Command } from 'commander';
import { addCode } from './dataset/code.ts';
import { addReleaseOf } from './dataset/release.ts';
import { addRequest } from './dataset/request.ts';
import { addReviewOf } from './dataset/review.ts';
import { addSynthetic } from './dataset/synthetic.ts';
import { addVerifyOf } from './dataset/verify.ts';

export function addDataset(program: Command): void {
  const dataset = program
    .command('dataset')
    .description('researchers’ datasets: from request over review to a signed bundle of one release');
  addRequest(dataset);
  addReviewOf(dataset);
  addReleaseOf(dataset);
  addVerifyOf(dataset);
  addSynthetic(dataset);
  addCode(dataset);
}
