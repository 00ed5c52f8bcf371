import type { Contracts } from '../contracts.ts';
import { type Place, type Problem, problem } from '../problem.ts';
import type { Field, RecordType } from '../record.ts';

/** Every name that one contract uses of another is there. */
export function checkReferences(contracts: Contracts): Problem[] {
  return [
    ...[...contracts.records.values()].flatMap((record) => recordRefers(contracts, record)),
    ...codesRefer(contracts),
    ...mappingsRefer(contracts),
    ...crosswalksRefer(contracts),
    ...partiesRefer(contracts),
    ...sensitivitiesRefer(contracts),
    ...neverHeldRefers(contracts),
  ];
}

function recordRefers(contracts: Contracts, record: RecordType): Problem[] {
  const fields = record.fields.flatMap((field) => {
    const where = `${record.name}.${field.name}`;
    return [
      ...missing(contracts.codeLists, field.codes, field.place, `${where}: no code list is named`),
      ...missing(
        contracts.sensitivities,
        field.sensitivity,
        field.place,
        `${where}: no sensitivity class is named`,
      ),
      ...missing(
        contracts.neverHeld,
        field.never,
        field.place,
        `${where}: no topic of never-held.yaml is named`,
      ),
      ...field.basis.flatMap((basis) =>
        missing(contracts.legalBases, basis, field.place, `${where}: no legal basis is named`),
      ),
      ...field.readers.flatMap((reader) =>
        missing(contracts.readers, reader, field.place, `${where}: no reader is named`),
      ),
    ];
  });
  const own = new Set(record.fields.map((field) => field.name));
  const keys = record.foreignKeys.flatMap((key) => {
    const target = contracts.records.get(key.record);
    if (target === undefined) {
      return [problem('REFERENCE', key.place, `${record.name}: no record type is named ${key.record}`)];
    }
    const theirs = new Set(target.fields.map((field) => field.name));
    return [
      ...key.fields
        .filter((name) => !own.has(name))
        .map((name) => problem('REFERENCE', key.place, `${record.name} has no field ${name} to refer with`)),
      ...key.referenced
        .filter((name) => !theirs.has(name))
        .map((name) => problem('REFERENCE', key.place, `${key.record} has no field ${name} to refer to`)),
    ];
  });
  return [...fields, ...keys];
}

function codesRefer(contracts: Contracts): Problem[] {
  return [...contracts.codeLists.values()].flatMap((list) => {
    const known = new Map(list.codes.map((code) => [code.code, code]));
    return list.codes.flatMap((code) => {
      const found = missing(
        contracts.neverHeld,
        code.never,
        code.place,
        `${code.code}: no topic of never-held.yaml is named`,
      );
      const broader = code.heldAs === undefined ? undefined : known.get(code.heldAs);
      if (
        code.heldAs !== undefined &&
        (broader === undefined || broader.never !== undefined || broader.heldAs !== undefined)
      ) {
        found.push(
          problem(
            'REFERENCE',
            code.place,
            `${code.code} is held as ${code.heldAs}, which is not a code that may be held`,
          ),
        );
      }
      const ancestral = list === contracts.needs.asCodeList && code.heldAs !== undefined;
      if (ancestral && !code.code.startsWith(`${code.heldAs ?? ''}.`)) {
        found.push(
          problem(
            'REFERENCE',
            code.place,
            `${code.code} rolls up to ${code.heldAs ?? ''}, which is no ancestor of it`,
          ),
        );
      }
      return found;
    });
  });
}

function mappingsRefer(contracts: Contracts): Problem[] {
  return [...contracts.mappings.values()].flatMap((mapping) => {
    const counties = contracts.codeLists.get('ca_counties')?.codes.map((code) => code.code) ?? [];
    const places = mapping.counties
      .filter((county) => county !== 'all' && !counties.includes(county))
      .map((county) => problem('REFERENCE', mapping.place, `${mapping.agency}: ${county} is no county`));
    const fields = mapping.fields.flatMap((entry) => {
      const known = new Set(contracts.codeLists.get(entry.list)?.codes.map((code) => code.code));
      return [
        missing(contracts.codeLists, entry.list, entry.place, `${mapping.agency}: no code list is named`),
        entry.fields.flatMap((path) => {
          const field = mappedField(contracts, path);
          if (field === undefined)
            return [problem('REFERENCE', entry.place, `${mapping.agency}: there is no field ${path}`)];
          if (field.codes === entry.list) return [];
          return [
            problem(
              'REFERENCE',
              entry.place,
              `${mapping.agency}: ${path} does not take codes of ${entry.list}`,
            ),
          ];
        }),
        entry.codes
          .filter((code) => !known.has(code.to))
          .map((code) =>
            problem('REFERENCE', code.place, `${mapping.agency}: ${code.to} is no code of ${entry.list}`),
          ),
      ].flat();
    });
    return places.concat(fields);
  });
}

function mappedField(contracts: Contracts, path: string): Field | undefined {
  const [record = '', name = ''] = path.split('.');
  const records = [...contracts.records.values()].filter((one) => record === '*' || one.name === record);
  return records.flatMap((one) => one.fields).find((field) => field.name === name);
}

/** Besides its references, a crosswalk says of every code what becomes of it. Trees are carried by their top. */
function crosswalksRefer(contracts: Contracts): Problem[] {
  return [...contracts.crosswalks.values()].flatMap((crosswalk) => {
    const from = contracts.codeLists.get(crosswalk.fromList);
    const to = contracts.codeLists.get(crosswalk.toList);
    const source = new Set(from?.codes.map((code) => code.code));
    const target = new Set(to?.codes.map((code) => code.code));
    const named = [...crosswalk.codes, ...crosswalk.unmapped].map((code) => code.from);
    const silent =
      crosswalk.fromList === 'holistic_needs' ? [] : [...source].filter((code) => !named.includes(code));
    const at = (message: string): Problem =>
      problem('REFERENCE', crosswalk.place, `${crosswalk.name}: ${message}`);
    return [
      from === undefined ? [at(`no code list is named ${crosswalk.fromList}`)] : [],
      to === undefined ? [at(`no code list is named ${crosswalk.toList}`)] : [],
      named
        .filter((code) => !source.has(code))
        .map((code) => at(`${code} is no code of ${crosswalk.fromList}`)),
      crosswalk.codes
        .filter((code) => !target.has(code.to))
        .map((code) =>
          problem('REFERENCE', code.place, `${crosswalk.name}: ${code.to} is no code of ${crosswalk.toList}`),
        ),
      silent.map((code) =>
        problem('ORPHAN', crosswalk.place, `${crosswalk.name} does not say what becomes of ${code}`),
      ),
    ].flat();
  });
}

function partiesRefer(contracts: Contracts): Problem[] {
  const { parties } = contracts;
  const known = new Set(contracts.codeLists.get('party')?.codes.map((code) => code.code));
  const named = [
    parties.lead,
    ...parties.required.flatMap((set) => set.parties),
    ...parties.optional.protocol,
    ...parties.optional.mdt,
  ];
  return [
    ...named
      .filter((party) => !known.has(party))
      .map((party) => problem('REFERENCE', parties.place, `${party} is no code of party`)),
    ...[...known]
      .filter((party) => !named.includes(party))
      .map((party) => problem('ORPHAN', parties.place, `${party} is neither required nor optional anywhere`)),
  ];
}

function sensitivitiesRefer(contracts: Contracts): Problem[] {
  return [...contracts.sensitivities.values()].flatMap((sensitivity) =>
    sensitivity.readers.flatMap((reader) =>
      missing(contracts.readers, reader, sensitivity.place, `${sensitivity.name}: no reader is named`),
    ),
  );
}

function neverHeldRefers(contracts: Contracts): Problem[] {
  return [...contracts.neverHeld.values()].flatMap((never) =>
    [
      never.codes.flatMap((code) =>
        missing(contracts.codeLists, code.list, code.place, `${never.topic}: no code list is named`),
      ),
      never.exceptions
        .filter((exception) => !isThere(contracts, exception.of))
        .map((exception) =>
          problem('REFERENCE', exception.place, `${never.topic}: there is no ${exception.of}`),
        ),
    ].flat(),
  );
}

/** `list.code` or `record.field`; a code may itself hold dots. */
function isThere(contracts: Contracts, path: string): boolean {
  const [head = '', ...rest] = path.split('.');
  const tail = rest.join('.');
  return (
    (contracts.codeLists.get(head)?.codes.some((code) => code.code === tail) ?? false) ||
    (contracts.records.get(head)?.fields.some((field) => field.name === tail) ?? false)
  );
}

function missing(
  known: ReadonlyMap<string, unknown>,
  name: string | undefined,
  place: Place,
  message: string,
): Problem[] {
  return name === undefined || known.has(name)
    ? []
    : [problem('REFERENCE', place, `${message} ${name === '' ? '(nothing)' : name}`)];
}
