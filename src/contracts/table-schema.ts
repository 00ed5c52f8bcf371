import type { Contracts } from './contracts.ts';
import type { Field, RecordType } from './record.ts';

/** A record type as a plain Frictionless Table Schema, with the common keys in place and our keys resolved. */
export function tableSchema(contracts: Contracts, record: RecordType): Record<string, unknown> {
  return {
    name: record.name,
    title: record.title,
    description: record.description,
    fields: record.fields.map((field) => fieldDescriptor(contracts, field)),
    primaryKey: record.primaryKey,
    foreignKeys: record.foreignKeys.map((key) => ({
      fields: key.fields,
      reference: { resource: key.record, fields: key.referenced },
    })),
    missingValues: record.missingValues,
    tessera: {
      system: record.system,
      subject: record.subject,
      phase: record.phase,
      version: record.version,
      effective_from: record.effectiveFrom,
      cadence: record.cadence,
      volume: record.volume,
      meets: record.meets,
    },
  };
}

function fieldDescriptor(contracts: Contracts, field: Field): Record<string, unknown> {
  const list = field.codes === undefined ? undefined : contracts.codeLists.get(field.codes);
  const codes = field.several ? undefined : list?.codes.map((code) => code.code);
  return {
    name: field.name,
    type: field.type,
    description: field.description,
    constraints: { ...field.constraints, enum: codes },
    tessera: {
      codes: field.codes,
      several: field.several,
      token: field.token,
      unit: field.unit,
      moment: field.moment,
      sensitivity: field.sensitivity,
      basis: field.basis,
      leaves: field.leaves,
      never: field.never,
      readers: readersOf(contracts, field),
      minor_consent: field.minorConsent,
      open: field.open,
    },
  };
}

/** Who may read a field: what it says itself, or what its class says. A field that stays is read by nobody. */
export function readersOf(contracts: Contracts, field: Field): readonly string[] {
  if (!field.leaves) return [];
  return field.readers.length > 0
    ? field.readers
    : (contracts.sensitivities.get(field.sensitivity)?.readers ?? []);
}
