/** From programs to what the API answers of them. */
import type { Permission } from '../../access/permit.ts';
import { loadContracts } from '../../contracts/contracts.ts';
import { textsOf } from '../../providers/as-texts.ts';
import { directoryFields } from '../../providers/checked-program.ts';
import { severalOf } from '../../providers/directory.ts';
import { countiesOf, type Program } from '../../providers/program.ts';
import { isStale, todayText } from '../../providers/stale.ts';
import { offeredBy } from '../../register/content.ts';
import type { FieldValueType } from '../register/register.type.ts';
import type { ProgramType } from './providers.type.ts';

export function programAnswer(program: Program, permission: Permission): ProgramType {
  const { place, contact, verification } = program;
  return {
    source: program,
    permission,
    id: program.id,
    version: program.version,
    name: program.name,
    provider: { id: program.providerId, name: program.provider },
    confidential: place.kind === 'confidential',
    counties: countiesOf(place),
    point: (place.kind === 'open' ? place.point : undefined) ?? null,
    phone: contact.phone ?? null,
    email: contact.email ?? null,
    get fields() {
      return fieldsOf(program);
    },
    verifiedOn: verification.on ?? null,
    stale: isStale(program, todayText()),
  };
}

/** With labels for codes, as the register has them. */
function fieldsOf(program: Program): FieldValueType[] {
  const contracts = loadContracts();
  const texts = textsOf(program);
  const several = severalOf(contracts);
  return directoryFields(contracts).flatMap((field) => {
    const text = texts[field.name];
    if (text === undefined) return [];
    const values = several.has(field.name) ? text.split(';') : [text];
    const offered = offeredBy(contracts, field);
    return [{ name: field.name, values, labels: values.map((value) => offered?.get(value) ?? value) }];
  });
}
