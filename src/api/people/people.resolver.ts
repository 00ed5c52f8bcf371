import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { uuidOf } from '../../access/named-id.ts';
import {
  addPerson,
  endPerson,
  endRole,
  giveRole,
  listPeople,
  type Person,
  type RoleHeld,
  rolesHeldBy,
} from '../../access/people.ts';
import { nothingHere } from '../../access/permit.ts';
import { type Connection, connection, PageArgs, pageOf, uuidKey } from '../connection.ts';
import type { ApiContext, PermittedContext } from '../context.ts';
import { wordsOf } from '../enums.ts';
import { idOf, KeyArg, signedIn } from '../idempotency.ts';
import {
  EndedType,
  MadeType,
  NewPersonInput,
  NewRoleInput,
  PersonConnection,
  PersonType,
  RoleHeldType,
} from './people.type.ts';

@Resolver(() => PersonType)
export class PeopleResolver {
  @Query(() => PersonConnection, { description: wordsOf('people') })
  async people(
    @Args(() => PageArgs) args: PageArgs,
    @Ctx() { gate }: PermittedContext,
  ): Promise<Connection<Person>> {
    const page = pageOf(args);
    return connection(
      await listPeople(gate, { most: page.most, after: uuidKey(page) }),
      page,
      (row) => row.id,
    );
  }

  @FieldResolver(() => [RoleHeldType], { description: 'The roles that they hold and held.' })
  async roles(@Root() person: Person, @Ctx() { gate, loaders }: ApiContext): Promise<RoleHeld[]> {
    const byPerson = loaders.of<string, RoleHeld>(
      'roles',
      gate,
      (people) => rolesHeldBy(gate, people),
      (role) => role.personId,
    );
    return byPerson.load(person.id);
  }

  @Mutation(() => MadeType, { description: wordsOf('addPerson') })
  async addPerson(
    @Arg('input', () => NewPersonInput, { description: 'Who.' }) { name, email }: NewPersonInput,
    @KeyArg() key: string,
    @Ctx() { gate, reader }: PermittedContext,
  ): Promise<MadeType> {
    return { id: await addPerson(gate, { name, email, id: uuidOf('person', signedIn(reader), key) }) };
  }

  @Mutation(() => EndedType, { description: wordsOf('endPerson') })
  async endPerson(
    @Arg('id', () => ID, { description: 'Who.' }) id: string,
    @Ctx() { gate }: PermittedContext,
  ): Promise<EndedType> {
    if (!(await endPerson(gate, idOf(id)))) throw nothingHere();
    return { id };
  }

  @Mutation(() => MadeType, { description: wordsOf('giveRole') })
  async giveRole(
    @Arg('input', () => NewRoleInput, { description: 'What to whom.' }) input: NewRoleInput,
    @KeyArg() key: string,
    @Ctx() { gate, reader }: PermittedContext,
  ): Promise<MadeType> {
    const by = signedIn(reader);
    const { role, county, agency, purposes, agreement, effectiveTo } = input;
    const held = { role, county, agency, purposes, agreement, effectiveTo };
    const id = uuidOf('role', by, key);
    return { id: await giveRole(gate, { ...held, person: idOf(input.person), id, givenBy: by }) };
  }

  @Mutation(() => EndedType, { description: wordsOf('endRole') })
  async endRole(
    @Arg('id', () => ID, { description: 'The role as it is held.' }) id: string,
    @Ctx() { gate }: PermittedContext,
  ): Promise<EndedType> {
    if (!(await endRole(gate, idOf(id)))) throw nothingHere();
    return { id };
  }
}
