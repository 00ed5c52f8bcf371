import type { Command } from 'commander';
import type { Act } from '../../../datasets/review-workflow.ts';
import { Misuse } from '../../../errors.ts';
import { examples, print, printJson } from '../../terminal.ts';
import { requestId, type WhomOptions, withWhom } from './whom.ts';

interface ReviewOptions extends WhomOptions {
  readonly begin?: boolean;
  readonly approve?: boolean;
  readonly return?: string;
  readonly reject?: string;
  readonly comment?: string;
}

export function addReviewOf(dataset: Command): void {
  withWhom(
    dataset
      .command('review <id>')
      .description('review a request: a steward and a counsel approve it, two people who did not ask')
      .option('--begin', 'take it up')
      .option('--approve', 'approve it')
      .option('--return <words>', 'send it back, and say what is to be changed')
      .option('--reject <words>', 'reject it for good, and say why')
      .option('--comment <words>', 'say something of it'),
    'steward',
  )
    .addHelpText(
      'after',
      examples(
        'dataset review 5f3c0a8e-1b7d-8a90-8c4e-2f6d9b1a7c55 --approve',
        'dataset review 5f3c0a8e-1b7d-8a90-8c4e-2f6d9b1a7c55 --approve --role county-counsel --county 06037',
        'dataset review 5f3c0a8e-1b7d-8a90-8c4e-2f6d9b1a7c55 --return "Name the board." --as steward@county.example',
      ),
    )
    .action(async (id: string, options: ReviewOptions) => {
      const act = actIn(options);
      const { takeAt } = await import('../../dataset/take-at-host.ts');
      const operation = act.act === 'comment' ? 'commentOnRequest' : 'decideRequest';
      const request = await takeAt(operation, requestId(id), act, options);
      if (options.json === true) printJson(request);
      else print(`${request.id}  ${request.state}`);
    });
}

function actIn({ begin, approve, return: returned, reject, comment }: ReviewOptions): Act {
  const acts: Act[] = [
    ...(begin === true ? [{ act: 'begin' } as const] : []),
    ...(approve === true ? [{ act: 'approve' } as const] : []),
    ...(returned === undefined ? [] : [{ act: 'return', words: returned } as const]),
    ...(reject === undefined ? [] : [{ act: 'reject', words: reject } as const]),
    ...(comment === undefined ? [] : [{ act: 'comment', words: comment } as const]),
  ];
  const [act] = acts;
  if (act === undefined || acts.length > 1)
    throw new Misuse('ONE_ACT', 'name one of --begin, --approve, --return, --reject and --comment');
  return act;
}
