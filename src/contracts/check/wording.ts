import type { Contracts } from '../contracts.ts';
import { type Place, type Problem, problem } from '../problem.ts';

interface Words {
  readonly of: string;
  readonly text: string;
  readonly place: Place;
}

/** Labels and words of every contract are held against the words that the product avoids. */
export function checkWording(contracts: Contracts): Problem[] {
  const patterns = contracts.wording.avoided.map((word) => ({
    ...word,
    pattern: new RegExp(`\\b(?:${word.avoid})\\b`, 'i'),
  }));
  const allowed = new Set(contracts.wording.allowed.map((entry) => entry.of));
  return wordsOf(contracts)
    .filter((words) => !allowed.has(words.of))
    .flatMap((words) => {
      const found = patterns.find((word) => word.pattern.test(words.text));
      if (found === undefined) return [];
      const said = found.pattern.exec(words.text)?.[0] ?? '';
      return [problem('WORDING', words.place, `${words.of} says "${said}"; say: ${found.say}`)];
    });
}

function wordsOf(contracts: Contracts): Words[] {
  return [
    ...[...contracts.records.values()].flatMap((record) =>
      [
        { of: record.name, text: `${record.title}. ${record.description}`, place: record.place },
        record.fields.map((field) => ({
          of: `${record.name}.${field.name}`,
          text: field.description,
          place: field.place,
        })),
      ].flat(),
    ),
    ...[...contracts.codeLists.values()].flatMap((list) =>
      [
        { of: list.name, text: `${list.title}. ${list.note ?? ''}`, place: list.place },
        list.codes.map((code) => ({ of: `${list.name}.${code.code}`, text: code.label, place: code.place })),
      ].flat(),
    ),
    ...[...contracts.terms.values()].flatMap((term) =>
      [...term.versions, ...term.local].map((version) => ({
        of: term.name,
        text: `${term.title}. ${version.words} ${version.what} ${version.why}`,
        place: version.place,
      })),
    ),
    ...[...contracts.clocks.values()].map((clock) => ({
      of: clock.name,
      text: `${clock.title}. ${clock.words}`,
      place: clock.place,
    })),
    ...[...contracts.qualityRules.values()].map((rule) => ({
      of: rule.id,
      text: `${rule.words} ${rule.remedy}`,
      place: rule.place,
    })),
    ...[...contracts.mappings.values()].map((mapping) => ({
      of: mapping.agency,
      text: `${mapping.title}. ${mapping.quirks}`,
      place: mapping.place,
    })),
    ...[...contracts.requirements.values()].map((requirement) => ({
      of: requirement.id,
      text: requirement.words,
      place: requirement.place,
    })),
    ...[...contracts.neverHeld.values()].map((never) => ({
      of: never.topic,
      text: `${never.words} ${never.instead}`,
      place: never.place,
    })),
  ];
}
