/** Asks once more as an Outlook that speaks no MAPI over HTTP: what is published for older clients, and for others than Outlook. [MS-OXDSCLI] 3.2.5.1 */
import { signedRequest } from '#lib/auth/signed-request.ts';
import type { Net } from '#lib/net/door.ts';
import type { HttpAnswer } from '#lib/net/http-message.ts';
import { draft, type FindingDraft } from '#lib/result/finding.ts';
import type { Judgement, Probe } from '#lib/result/probe.ts';
import { title } from '#lib/result/titles.ts';
import type { PoxSettings } from '#lib/wire/autodiscover/pox.ts';
import { poxOffers } from './judging/offers.ts';
import { readPoxAnswer } from './judging/pox-document.ts';
import { poxRequest } from './judging/pox-request.ts';
import { type SecondLookInput, secondLook } from './judging/second-look.ts';
import { poxEvidence, type SettingsDocument } from './judging/settings-document.ts';

export interface OlderInput extends SecondLookInput {
  readonly path: string;
  /** Whether the client in question could do with MAPI over HTTP, and is offered it. */
  readonly hasMapi: boolean;
}

const FORM = 'POX for older clients';

export const autodiscoverOlder: Probe<Net, OlderInput, HttpAnswer, SettingsDocument> = {
  id: 'autodiscover-older',
  titles: {
    planned: () => title('autodiscover-older.planned', {}),
    failed: () => title('autodiscover-older.failed', {}),
  },
  emits: [
    'auth.inconsistent',
    'autodiscover.invalid-xml',
    'autodiscover.no-expr',
    'autodiscover.untidy-document',
    'http.unexpected-answer',
    'net.limit-reached',
  ],
  observe: (net, { way, signIn, mailbox, path }, signal) =>
    signedRequest(net, way, signIn, poxRequest(mailbox, { path, asker: 'older-outlook' }), signal),
  judge: (answer, input) => {
    const look = secondLook(answer, input);
    if (look.kind === 'refused') return { ok: false, findings: [look.finding], evidence: [answer.evidence] };
    if (look.kind === 'absent') return nothing(answer);
    const document = readPoxAnswer(answer);
    if (!document.ok) return { ok: false, findings: [document.finding], evidence: [answer.evidence] };
    const { response, untidy } = document;
    return response.kind === 'settings' ? judgeSettings(response, untidy, answer, input) : nothing(answer);
  },
};

const nothing = ({ evidence }: HttpAnswer): Judgement<never> => ({
  ok: false,
  notNeeded: true,
  title: title('autodiscover-older.nothing', {}),
  evidence: [evidence],
});

function judgeSettings(
  settings: PoxSettings,
  untidy: readonly FindingDraft[],
  answer: HttpAnswer,
  { host, foundBy, hasMapi }: OlderInput,
): Judgement<SettingsDocument> {
  const protocols =
    settings.protocols
      .map(({ type }) => type.slice(0, 100))
      .slice(0, 20)
      .join(', ') || 'none';
  const anywhere = settings.protocols.some(
    ({ key, server }) => (key === 'expr' || key === 'exhttp') && server !== null,
  );
  const missing = hasMapi
    ? draft('autodiscover.no-expr', { host, protocols }, 'notice')
    : draft('autodiscover.no-expr', { host, protocols });
  return {
    ok: true,
    value: {
      host,
      form: FORM,
      offers: poxOffers(settings),
      urls: settings.protocols.flatMap(({ urls }) => urls),
      protocols: settings.protocols,
      comparable: settings,
      user: settings.user,
    },
    title: title('autodiscover-older.passed', { protocols }),
    findings: [...(anywhere ? [] : [missing]), ...untidy],
    evidence: [{ kind: 'settings', body: poxEvidence(settings, { host, foundBy }, FORM) }, answer.evidence],
  };
}
