/** People, roles and tokens for their page, as the gatekeeper knows them. */
import type { DataSource } from 'typeorm';
import type { AccessPort } from '../../../web/access-port.ts';
import { uuidOf } from '../../access/named-id.ts';
import { addPerson, endPerson, endRole, giveRole, listPeople, rolesHeldBy } from '../../access/people.ts';
import { createToken, listTokens, revokeToken } from '../../access/tokens.ts';

const LINES = 100;

export function accessPort(gate: DataSource): AccessPort {
  return {
    people: async () => {
      const found = await listPeople(gate, { most: LINES });
      const ids = found.map(({ id }) => id);
      const roles = Map.groupBy(await rolesHeldBy(gate, ids), ({ personId }) => personId);
      return found.map((person) => ({ ...person, roles: roles.get(person.id) ?? [] }));
    },
    tokens: (person) => listTokens(gate, { person, most: LINES }),
    addPerson: (person, by) => addPerson(gate, { ...person, id: uuidOf('person', by.person, by.key) }),
    giveRole: (role, by) =>
      giveRole(gate, { ...role, id: uuidOf('role', by.person, by.key), givenBy: by.person }),
    endPerson: (id) => endPerson(gate, id),
    endRole: (id) => endRole(gate, id),
    makeToken: async (token, by) =>
      (await createToken(gate, { ...token, id: uuidOf('token', by.person, by.key), madeBy: by.person })).text,
    revokeToken: (id, person) => revokeToken(gate, id, person),
  };
}
