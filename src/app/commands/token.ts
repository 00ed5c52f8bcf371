import type { Command } from 'commander';
import { examples, print, printJson } from '../terminal.ts';
import { type RoleOptions, roleIn, withRoleOptions } from './role-options.ts';

export function addToken(program: Command): void {
  const token = program.command('token').description('API tokens: for programs, as `Authorization: Bearer`');

  withRoleOptions(token.command('create').description('make a token for a role; its text is shown this once'))
    .option('--name <name>', 'what to call it', 'made at the hub’s host')
    .option('--days <days>', 'how long it is good for, up to 366', '90')
    .option('--scope <operation...>', 'the operations that it is good for; all of the role, if left out')
    .option('--json', 'answer as JSON')
    .addHelpText(
      'after',
      examples(
        'token create --role county-analyst --county 06037 --json',
        'token create --role agency-submitter --agency CW-1 --scope deliver --days 366',
      ),
    )
    .action(
      async (options: RoleOptions & { name: string; days: string; scope?: string[]; json?: boolean }) => {
        const [{ asGatekeeper }, { hostRole }, { createToken }] = await Promise.all([
          import('../as-gatekeeper.ts'),
          import('../../access/host-account.ts'),
          import('../../access/tokens.ts'),
        ]);
        const { name, scope, days } = options;
        const made = await asGatekeeper('token create', async (gate) =>
          createToken(gate, {
            held: await hostRole(gate, roleIn(options)),
            name,
            scopes: scope,
            days: Number(days),
            factors: 2,
          }),
        );
        if (options.json) printJson({ id: made.id, token: made.text });
        else print(`${made.text ?? ''}\n(id ${made.id}; keep it like a password, it is not shown again)`);
      },
    );

  token
    .command('list')
    .description('list the tokens, never their text')
    .option('--json', 'answer as JSON')
    .addHelpText('after', examples('token list', 'token list --json'))
    .action(async (options: { json?: boolean }) => {
      const [{ asGatekeeper }, { listTokens }] = await Promise.all([
        import('../as-gatekeeper.ts'),
        import('../../access/tokens.ts'),
      ]);
      const tokens = await asGatekeeper('token list', (gate) => listTokens(gate, { most: 1000 }));
      if (options.json) printJson(tokens);
      else if (tokens.length === 0) print('No tokens yet: npx tessera token create --role ROLE');
      else
        for (const { id, ending, role, county, agency, expiresAt, revokedAt } of tokens)
          print(
            `${id}  …${ending}  ${[role, county, agency]
              .filter((word) => word !== null)
              .join(' ')
              .padEnd(28)} ${
              revokedAt === null ? `until ${expiresAt.toISOString().slice(0, 10)}` : 'revoked'
            }`,
          );
    });

  token
    .command('revoke <id>')
    .description('revoke a token at once')
    .option('--json', 'answer as JSON')
    .addHelpText('after', examples('token revoke 1f0e…'))
    .action(async (id: string, options: { json?: boolean }) => {
      const [{ asGatekeeper }, { revokeToken }, { nothingHere }] = await Promise.all([
        import('../as-gatekeeper.ts'),
        import('../../access/tokens.ts'),
        import('../../access/permit.ts'),
      ]);
      const known =
        /^[0-9a-f-]{36}$/.test(id) && (await asGatekeeper('token revoke', (gate) => revokeToken(gate, id)));
      if (!known) throw nothingHere();
      if (options.json) printJson({ id, revoked: true });
      else print('Revoked.');
    });
}
