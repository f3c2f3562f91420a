/** The same question in its other forms, at an endpoint that is reached: other clients ask it so. */

import type { Way } from '#lib/auth/signed-request.ts';
import type { Net } from '#lib/net/door.ts';
import { autodiscoverJson } from '#lib/probes/autodiscover-json.ts';
import { autodiscoverNewer } from '#lib/probes/autodiscover-newer.ts';
import { autodiscoverOlder } from '#lib/probes/autodiscover-older.ts';
import { autodiscoverPhone } from '#lib/probes/autodiscover-phone.ts';
import { autodiscoverSoap } from '#lib/probes/autodiscover-soap.ts';
import type { OutlookAsker } from '#lib/probes/judging/pox-request.ts';
import type { SettingsDocument } from '#lib/probes/judging/settings-document.ts';
import type { PlannedNode } from '#lib/result/node.ts';
import type { Subject } from '#lib/result/probe.ts';
import { title } from '#lib/result/titles.ts';
import type { StepResult } from '#lib/run/outcome.ts';
import type { Scope } from '#lib/run/scope.ts';
import { type DocumentId, documentFor } from '../clients/facts.ts';
import { planGroup, planStep } from '../plan.ts';
import type { Opened } from './endpoint.ts';
import type { MethodNotes } from './notes.ts';

/** The plan of the group. @param asker as whom the settings themselves are asked for */
export function planFormats(subject: Subject, asker: OutlookAsker): PlannedNode {
  return planGroup('formats', title('autodiscover.formats', { host: subject.host }), [
    planStep(autodiscoverJson, subject, 'json'),
    asker === 'outlook' ? planStep(autodiscoverOlder, subject, 'older') : planStep(autodiscoverNewer, subject, 'newer'),
    planStep(autodiscoverPhone, subject, 'phone'),
    planStep(autodiscoverSoap, subject, 'soap'),
  ]);
}

export interface FormatsInput extends Subject {
  readonly mailbox: string;
  readonly foundBy: string;
  readonly path: string;
  readonly way: Way;
  /** Whether the endpoint answered as one of a mail system. */
  readonly expected: boolean;
  /** What the endpoint was opened with, once it is; null if it never is. */
  readonly opened: Promise<StepResult<Opened>>;
}

/** JSON needs nobody's leave and starts at once; the others wait until somebody has been let in. */
export async function otherFormats(
  group: Scope<Net>,
  input: FormatsInput,
  notes: MethodNotes,
): Promise<StepResult<unknown>> {
  const [json, signed] = await Promise.all([
    group.step(autodiscoverJson, input, 'json'),
    forThoseLetIn(group, input, notes),
  ]);
  if (json.ok) notes.json = json.value;
  return signed;
}

async function forThoseLetIn(group: Scope<Net>, input: FormatsInput, notes: MethodNotes): Promise<StepResult<unknown>> {
  const opened = await input.opened;
  if (!opened.ok) return opened;
  const asked = { ...input, ...opened.value };
  const [phone, soap] = await Promise.all([
    group.step(autodiscoverPhone, asked, 'phone'),
    group.step(autodiscoverSoap, asked, 'soap'),
    askOtherGeneration(group, asked, notes),
  ]);
  keep(notes, 'mobilesync', phone);
  keep(notes, 'soap', soap);
  return opened;
}

/** As the Outlook that the client in question is not. */
async function askOtherGeneration(group: Scope<Net>, asked: FormatsInput & Opened, notes: MethodNotes): Promise<void> {
  if (notes.asker === 'outlook') {
    const input = { ...asked, hasMapi: asked.offersMapi };
    keep(notes, documentFor['older-outlook'], await group.step(autodiscoverOlder, input, 'older'));
  } else keep(notes, documentFor.outlook, await group.step(autodiscoverNewer, asked, 'newer'));
}

function keep(notes: MethodNotes, id: DocumentId, result: StepResult<SettingsDocument>): void {
  notes.documents[id] = result.ok ? result.value : null;
  if (!result.ok) notes.missing[id] = result.codes;
}
