import type { Command } from 'commander';
import { examples, print, printJson } from '../terminal.ts';
import { type RoleOptions, roleIn, withRoleOptions } from './role-options.ts';

export function addPeople(program: Command): void {
  const people = program.command('people').description('who may come in, and the roles that they hold');

  withRoleOptions(people.command('add <name>').description('let somebody in and give them a role'))
    .option('--email <address>', 'by which their account at the identity provider is matched')
    .option('--password', 'read a password from standard input, for signing in without a provider')
    .option('--json', 'answer as JSON')
    .addHelpText(
      'after',
      examples(
        'people add "A. Analyst" --email analyst@county.example --role county-analyst --county 06037',
        'people add "S. Steward" --email steward@state.example --role steward --password < password.txt',
      ),
    )
    .action(
      async (name: string, options: RoleOptions & { email?: string; password?: boolean; json?: boolean }) => {
        const [{ asGatekeeper }, { addPerson, giveRole }, { setPassword }, { text }] = await Promise.all([
          import('../as-gatekeeper.ts'),
          import('../../access/people.ts'),
          import('../../access/sign-in.ts'),
          import('node:stream/consumers'),
        ]);
        const password =
          options.password === true ? (await text(process.stdin)).replace(/\r?\n$/, '') : undefined;
        const added = await asGatekeeper('people add', async (gate) => {
          const id = await addPerson(gate, { name, email: options.email });
          if (password !== undefined) await setPassword(gate, id, password);
          return { id, role: await giveRole(gate, { ...roleIn(options), person: id }) };
        });
        if (options.json) printJson(added);
        else print(`${name} may come in (id ${added.id}).`);
      },
    );

  withRoleOptions(people.command('give <person>').description('give somebody another role'))
    .option('--json', 'answer as JSON')
    .addHelpText('after', examples('people give 1f0e… --role auditor'))
    .action(async (person: string, options: RoleOptions & { json?: boolean }) => {
      const [{ asGatekeeper }, { giveRole }] = await Promise.all([
        import('../as-gatekeeper.ts'),
        import('../../access/people.ts'),
      ]);
      const id = await named(person, (known) =>
        asGatekeeper('people give', (gate) => giveRole(gate, { ...roleIn(options), person: known })),
      );
      if (options.json) printJson({ id });
      else print(`Given (id ${id}).`);
    });

  people
    .command('list')
    .description('list people with the roles that they hold and held')
    .option('--json', 'answer as JSON')
    .addHelpText('after', examples('people list', 'people list --json'))
    .action(async (options: { json?: boolean }) => {
      const [{ asGatekeeper }, { listPeople, rolesHeldBy }] = await Promise.all([
        import('../as-gatekeeper.ts'),
        import('../../access/people.ts'),
      ]);
      const found = await asGatekeeper('people list', async (gate) => {
        const all = await listPeople(gate, { most: 10_000 });
        const roles = Map.groupBy(
          await rolesHeldBy(
            gate,
            all.map((person) => person.id),
          ),
          (role) => role.personId,
        );
        return all.map((person) => ({ ...person, roles: roles.get(person.id) ?? [] }));
      });
      if (options.json) printJson(found);
      else if (found.length === 0) print('Nobody yet: npx tessera people add NAME --role ROLE');
      else
        for (const { id, name, endedAt, roles } of found) {
          print(`${id}  ${name}${endedAt === null ? '' : ' (ended)'}`);
          for (const { id: held, role, county, agency, endedAt: ended } of roles)
            print(
              `  ${held}  ${[role, county, agency].filter((word) => word !== null).join(' ')}${ended === null ? '' : ' (ended)'}`,
            );
        }
    });

  people
    .command('end <id>')
    .description('end somebody’s access, or one role of theirs, with the sessions and tokens that rest on it')
    .option('--json', 'answer as JSON')
    .addHelpText('after', examples('people end 1f0e…'))
    .action(async (id: string, options: { json?: boolean }) => {
      const [{ asGatekeeper }, { endPerson, endRole }, { nothingHere }] = await Promise.all([
        import('../as-gatekeeper.ts'),
        import('../../access/people.ts'),
        import('../../access/permit.ts'),
      ]);
      const ended = await named(id, (known) =>
        asGatekeeper(
          'people end',
          async (gate) => (await endPerson(gate, known)) || (await endRole(gate, known)),
        ),
      );
      if (!ended) throw nothingHere();
      if (options.json) printJson({ id, ended: true });
      else print('Ended.');
    });
}

async function named<T>(id: string, work: (id: string) => Promise<T>): Promise<T> {
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)) return work(id);
  const { nothingHere } = await import('../../access/permit.ts');
  throw nothingHere();
}
