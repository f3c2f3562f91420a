/**
 * Outlook's settings asked for once more, by somebody who has been let in, as another generation of Outlook asks: servers name other
 * protocols to it. [MS-OXDSCLI] 3.2.5.1
 */
import type { HttpAnswer } from '#lib/net/http-message.ts';
import type { FindingDraft } from '#lib/result/finding.ts';
import type { Message } from '#lib/result/message.ts';
import type { Judgement } from '#lib/result/probe.ts';
import type { PoxSettings } from '#lib/wire/autodiscover/pox.ts';
import { readPoxAnswer } from './pox-document.ts';
import { formNames, type OutlookAsker } from './pox-request.ts';
import { type SecondLookInput, secondLook } from './second-look.ts';
import { outlookDocument, poxEvidence, protocolNamesIn, type SettingsDocument } from './settings-document.ts';

export interface GenerationInput extends SecondLookInput {
  readonly path: string;
}

/** What is said of the answer, and what this generation misses in it. */
export interface Generation {
  readonly asker: OutlookAsker;
  readonly passed: (protocols: string) => Message;
  readonly nothing: Message;
  readonly missing: (settings: PoxSettings, protocols: string) => readonly FindingDraft[];
}

/** Nobody is to blame who has nothing for those that do not ask in this run. */
export function judgeGeneration(
  answer: HttpAnswer,
  input: GenerationInput,
  generation: Generation,
): Judgement<SettingsDocument> {
  const { evidence } = answer;
  const nothing = { ok: false, notNeeded: true, title: generation.nothing, evidence: [evidence] } as const;
  const look = secondLook(answer, input);
  if (look.kind === 'refused') return { ok: false, findings: [look.finding], evidence: [evidence] };
  if (look.kind === 'absent') return nothing;
  const document = readPoxAnswer(answer);
  if (!document.ok) return { ok: false, findings: [document.finding], evidence: [evidence] };
  const { response, untidy } = document;
  return response.kind === 'settings' ? judgeSettings(response, untidy, { answer, input, generation }) : nothing;
}

function judgeSettings(
  settings: PoxSettings,
  untidy: readonly FindingDraft[],
  asked: { readonly answer: HttpAnswer; readonly input: GenerationInput; readonly generation: Generation },
): Judgement<SettingsDocument> {
  const { asker, passed, missing } = asked.generation;
  const { host, foundBy } = asked.input;
  const form = formNames[asker];
  const protocols = protocolNamesIn(settings);
  return {
    ok: true,
    value: outlookDocument(settings, host, form),
    title: passed(protocols),
    findings: [...missing(settings, protocols), ...untidy],
    evidence: [{ kind: 'settings', body: poxEvidence(settings, { host, foundBy }, form) }, asked.answer.evidence],
  };
}
