/** Editions of reports for their pages: what is read and done by the claims of a permission. */
import type { DataSource } from 'typeorm';
import type { EditionStanding, ReportsPort } from '../../../web/reports-port.ts';
import type { Permission } from '../../access/permit.ts';
import { NotFound } from '../../errors.ts';
import { filesJob, takeStep } from '../../reports/edition-steps.ts';
import { editionsSeen, filesOf, oneEdition, stepsOf } from '../../reports/editions-seen.ts';
import { openDraft } from '../../reports/open-draft.ts';
import { enterText, isText, signOffText } from '../../reports/party-texts.ts';
import { registerOf } from '../../reports/register-of.ts';
import { roundOf } from '../../reports/workflow.ts';
import { jobSeen } from '../../runs/asked-jobs.ts';

const LINES = 200;

export function reportPorts(api: DataSource, jobAsked: () => void): { readonly reports: ReportsPort } {
  return {
    reports: {
      seen: ({ claims }) => editionsSeen(api, claims, { most: LINES }),
      one: (permission, id) => standingOf(api, permission, id),
      texts: async ({ claims }, { county, year }) => {
        const entries = await registerOf(api, claims, county);
        return entries.filter((entry) => isText(entry) && entry.content['year'] === year);
      },
      open: ({ claims }, asked, by) => openDraft(api, claims, asked, by),
      enter: async ({ claims }, text, by) => void (await enterText(api, claims, text, by)),
      signOff: async ({ claims }, text, person) => void (await signOffText(api, claims, text, person)),
      take: async ({ claims }, asked) => {
        await takeStep(api, claims, asked);
        if (asked.act.act === 'submit') jobAsked();
      },
    },
  };
}

async function standingOf(api: DataSource, { claims }: Permission, id: string): Promise<EditionStanding> {
  const edition = await oneEdition(api, claims, id);
  const { report, county, year } = edition;
  const editions = await editionsSeen(api, claims, { report, county, year, most: LINES });
  const steps = await stepsOf(api, claims, [id]);
  return {
    edition,
    newest: editions.find(({ state }) => state === 'published')?.number ?? 0,
    steps,
    files: await filesOf(api, claims, [id]),
    refused: edition.state === 'review' ? await refusal(api, claims, filesJob(id, roundOf(steps))) : null,
  };
}

async function refusal(api: DataSource, claims: Permission['claims'], job: string): Promise<string | null> {
  try {
    const { outcome, code } = await jobSeen(api, claims, job);
    return outcome === null || outcome === 'done' ? null : (code ?? outcome.toUpperCase());
  } catch (error) {
    if (error instanceof NotFound) return null;
    throw error;
  }
}
