import { Arg, Ctx, ID, Int, Mutation, Resolver } from 'type-graphql';
import type { RegisterEntry } from '../../register/entries.ts';
import { type Actor, takeStep } from '../../reports/edition-steps.ts';
import { oneEdition } from '../../reports/editions-seen.ts';
import { openDraft } from '../../reports/open-draft.ts';
import { enterText, signOffText } from '../../reports/party-texts.ts';
import type { Act } from '../../reports/workflow.ts';
import type { PermittedContext } from '../context.ts';
import { wordsOf } from '../enums.ts';
import { idOf, KeyArg, signedIn } from '../idempotency.ts';
import { entryOf } from '../register/register.resolver.ts';
import { RegisterEntryType } from '../register/register.type.ts';
import { editionFor } from './reports.resolver.ts';
import { OpenReportInput, ReportEditionType, ReportTextInput } from './reports.type.ts';

@Resolver()
export class ReportActsResolver {
  @Mutation(() => ReportEditionType, { description: wordsOf('openReport') })
  async openReport(
    @Arg('input', () => OpenReportInput, { description: 'Of what.' }) input: OpenReportInput,
    @Ctx() context: PermittedContext,
  ): Promise<ReportEditionType> {
    const { database, permission } = context;
    const { report, county, year, release, because } = input;
    const asked = { report, county: county ?? 'state', year, release: release ?? undefined };
    const id = await openDraft(
      database,
      permission.claims,
      { ...asked, because: because ?? null },
      actor(context),
    );
    return editionFor(permission, await oneEdition(database, permission.claims, id));
  }

  @Mutation(() => RegisterEntryType, { description: wordsOf('enterReportText') })
  async enterReportText(
    @Arg('input', () => ReportTextInput, { description: 'The text.' }) input: ReportTextInput,
    @KeyArg() key: string,
    @Ctx() { database, permission, reader }: PermittedContext,
  ): Promise<RegisterEntryType> {
    const { kind, county, year, party, language, title, words, version, withdrawn } = input;
    const id = input.id ? idOf(input.id) : null;
    const text = { kind, county, year, party, language, title, words, id, version, withdrawn };
    return entryOf(await enterText(database, permission.claims, text, { person: signedIn(reader), key }));
  }

  @Mutation(() => RegisterEntryType, { description: wordsOf('signOffReportText') })
  async signOffReportText(
    @Arg('id', () => ID, { description: 'The text.' }) id: string,
    @Arg('version', () => Int, { description: 'The version that was read.' }) version: number,
    @Ctx() { database, permission, reader }: PermittedContext,
  ): Promise<RegisterEntryType> {
    const signed: RegisterEntry = await signOffText(
      database,
      permission.claims,
      { id: idOf(id), version },
      signedIn(reader),
    );
    return entryOf(signed);
  }

  @Mutation(() => ReportEditionType, { description: wordsOf('submitReport') })
  submitReport(@EditionArg() id: string, @Ctx() context: PermittedContext): Promise<ReportEditionType> {
    return take(context, id, { act: 'submit' });
  }

  @Mutation(() => ReportEditionType, { description: wordsOf('commentOnReport') })
  commentOnReport(
    @EditionArg() id: string,
    @Arg('words', () => String, { description: 'What is said; never about one young person.' })
    words: string,
    @KeyArg() key: string,
    @Ctx() context: PermittedContext,
  ): Promise<ReportEditionType> {
    return take(context, id, { act: 'comment', words }, key);
  }

  @Mutation(() => ReportEditionType, { description: wordsOf('returnReport') })
  returnReport(
    @EditionArg() id: string,
    @Arg('words', () => String, { description: 'Why.' }) words: string,
    @Ctx() context: PermittedContext,
  ): Promise<ReportEditionType> {
    return take(context, id, { act: 'return', words });
  }

  @Mutation(() => ReportEditionType, { description: wordsOf('approveReport') })
  approveReport(@EditionArg() id: string, @Ctx() context: PermittedContext): Promise<ReportEditionType> {
    return take(context, id, { act: 'approve' });
  }
}

function EditionArg(): ReturnType<typeof Arg> {
  return Arg('id', () => ID, { description: 'The edition.' });
}

async function take(
  context: PermittedContext,
  id: string,
  act: Act,
  key?: string,
): Promise<ReportEditionType> {
  const { database, permission, jobs } = context;
  const asked = { edition: idOf(id), act, by: actor(context) };
  await takeStep(database, permission.claims, key === undefined ? asked : { ...asked, key });
  if (act.act === 'submit') jobs.jobAsked();
  return editionFor(permission, await oneEdition(database, permission.claims, asked.edition));
}

function actor({ reader }: PermittedContext): Actor {
  return { person: signedIn(reader), name: reader.name };
}
