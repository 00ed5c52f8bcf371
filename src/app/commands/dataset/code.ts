import type { Command } from 'commander';
import type { SentQuery } from '../../../datasets/code/sent-queries.ts';
import { Misuse } from '../../../errors.ts';
import { examples, print, printJson } from '../../terminal.ts';

interface By {
  readonly by: string;
  readonly json?: boolean;
}

export function addCode(dataset: Command): void {
  const code = dataset
    .command('code')
    .description('queries of researchers that run where the data are; no result leaves but by a release');

  withBy(code.command('run <file>').description('send a query: SQL in a file, or - for standard input'))
    .requiredOption('--name <metric>', 'what the metric would be called: small_letters')
    .requiredOption('--title <text>', 'what the table would be called')
    .requiredOption('--question <text>', 'the question that it answers, in one sentence')
    .addHelpText(
      'after',
      examples(
        'dataset code run missing_by_age.sql --by r@university.example --name new_by_age --title "New, by age" --question "How many were new?"',
      ),
    )
    .action(
      async (
        file: string,
        { by, json, ...sending }: By & { name: string; title: string; question: string },
      ) => {
        const { send } = await import('../../dataset-code.ts');
        const told = await send(by, file, { ...sending, metric: sending.name });
        if (json === true) return printJson(told);
        print(`${told.state === 'pending' ? 'It ran' : 'It was stopped at its limit'} (id ${told.id}).`);
        print(`A ${told.statistic} by ${told.columns.join(', ')}: ${told.cells} cells in a period.`);
        if (told.state === 'pending')
          print(
            `Nothing of it is shown. Put it to review: npx tessera dataset code submit ${told.id} --by …`,
          );
      },
    );

  for (const [name, to, words] of [
    ['submit', 'submitted', 'put a query that ran to review'],
    ['withdraw', 'withdrawn', 'take back a query that is not in the catalogue'],
  ] as const)
    withBy(code.command(`${name} <id>`).description(words))
      .addHelpText('after', examples(`dataset code ${name} 1f0e… --by r@university.example`))
      .action(async (id: string, { by, json }: By) => {
        const { move } = await import('../../dataset-code.ts');
        await move(by, id, to);
        if (json === true) printJson({ id, state: to });
        else print(`The query is ${to}.`);
      });

  code
    .command('list')
    .description('every query that was sent, and where it stands')
    .option('--json', 'answer as JSON')
    .addHelpText('after', examples('dataset code list', 'dataset code list --json'))
    .action(async ({ json }: { json?: boolean }) => {
      const { list } = await import('../../dataset-code.ts');
      const sent = await list();
      if (json === true) return printJson(sent);
      for (const one of sent)
        print(
          `${one.id}  ${(one.release === null ? one.state : `released (${one.release})`).padEnd(20)} ${one.metric}${one.reason === null ? '' : `: ${one.reason}`}`,
        );
      if (sent.length === 0) print('Nobody has sent a query yet.');
    });

  withBy(
    code.command('show <id>').description('for reviewers: the query, and what it would be in the catalogue'),
  )
    .addHelpText('after', examples('dataset code show 1f0e… --by counsel@county.example'))
    .action(async (id: string, { by, json }: By) => {
      const { show } = await import('../../dataset-code.ts');
      const found = await show(by, id);
      if (json === true) return printJson(found);
      print(described(found.sent));
      for (const { file, content } of found.files) print(`\n--- ${file}\n${content}`);
      if (found.inside !== null)
        print(
          `UNPROTECTED, for reviewers: ${found.inside.cells} cells, ${found.inside.small} of them from 1 to 10.`,
        );
    });

  withBy(
    code
      .command('review <id>')
      .description('approve a query, send it back, or reject it; two who are not its author approve it'),
  )
    .option('--approve', 'it may enter the catalogue')
    .option('--return', 'its author should change it')
    .option('--reject', 'it may not')
    .option('--because <words>', 'the reason')
    .addHelpText(
      'after',
      examples(
        'dataset code review 1f0e… --approve --by counsel@county.example',
        'dataset code review 1f0e… --return --because "By county it would be blank." --by steward@state.example',
      ),
    )
    .action(
      async (
        id: string,
        options: By & { approve?: boolean; return?: boolean; reject?: boolean; because?: string },
      ) => {
        const decisions = (['approve', 'return', 'reject'] as const).filter((one) => options[one] === true);
        const [decision] = decisions;
        if (decision === undefined || decisions.length > 1)
          throw new Misuse('NO_DECISION', 'A review is one of --approve, --return and --reject.');
        const { review } = await import('../../dataset-code.ts');
        const state = await review(options.by, id, { decision, words: options.because });
        if (options.json === true) printJson({ id, state });
        else print(`The query is ${state.replace('_', ' ')}.`);
      },
    );

  withBy(
    code
      .command('adopt <id>')
      .description('write an approved query into the catalogue; it leaves with the next release'),
  )
    .requiredOption('--into <folder>', 'the schema folder')
    .addHelpText('after', examples('dataset code adopt 1f0e… --into schema --by steward@state.example'))
    .action(async (id: string, { by, json, into }: By & { into: string }) => {
      const { adopt } = await import('../../dataset-code.ts');
      const files = await adopt(by, id, into);
      if (json === true) printJson({ id, files });
      else for (const file of files) print(`wrote ${file}`);
    });
}

function withBy(command: Command): Command {
  return command
    .requiredOption('--by <person>', 'who does it: their e-mail address or id')
    .option('--json', 'answer as JSON');
}

function described({ title, question, authorName, state, text, reviews }: SentQuery): string {
  return [
    `${title}: ${question}`,
    `sent by ${authorName}, ${state.replace('_', ' ')}`,
    ...reviews.map(
      ({ name, decision, words }) => `${name}: ${decision}${words === null ? '' : `, ${words}`}`,
    ),
    '',
    text.trim(),
  ].join('\n');
}
