/** Asks in the schema of phones: where Exchange ActiveSync is. [MS-ASCMD] 2.2.1.1 */
import { signedRequest } from '#lib/auth/signed-request.ts';
import type { Net } from '#lib/net/door.ts';
import type { HttpAnswer } from '#lib/net/http-message.ts';
import type { SettingsEvidence } from '#lib/result/evidence.ts';
import type { FindingDraft } from '#lib/result/finding.ts';
import type { Judgement, Probe } from '#lib/result/probe.ts';
import { title } from '#lib/result/titles.ts';
import type { MobileSyncResponse } from '#lib/wire/autodiscover/mobile-sync.ts';
import { urlOffers } from './judging/offers.ts';
import { readPoxAnswer } from './judging/pox-document.ts';
import { poxRequest } from './judging/pox-request.ts';
import { type SecondLookInput, secondLook } from './judging/second-look.ts';
import { type SettingsDocument, shownRows } from './judging/settings-document.ts';

export interface PhoneInput extends SecondLookInput {
  readonly path: string;
}

const FORM = 'POX for phones';

export const autodiscoverPhone: Probe<Net, PhoneInput, HttpAnswer, SettingsDocument> = {
  id: 'autodiscover-phone',
  titles: {
    planned: () => title('autodiscover-phone.planned', {}),
    failed: () => title('autodiscover-phone.failed', {}),
  },
  emits: [
    'auth.inconsistent',
    'autodiscover.invalid-xml',
    'autodiscover.untidy-document',
    'http.unexpected-answer',
    'net.limit-reached',
  ],
  observe: (net, { way, signIn, mailbox, path }, signal) =>
    signedRequest(net, way, signIn, poxRequest(mailbox, { path, asker: 'phone' }), signal),
  judge: (answer, input) => {
    const look = secondLook(answer, input);
    if (look.kind === 'refused') return { ok: false, findings: [look.finding], evidence: [answer.evidence] };
    if (look.kind === 'absent') return nothing(answer);
    const document = readPoxAnswer(answer);
    if (!document.ok) return { ok: false, findings: [document.finding], evidence: [answer.evidence] };
    const { response, untidy } = document;
    return response.kind === 'mobile-sync' ? judgeAction(response, untidy, answer, input) : nothing(answer);
  },
};

/** Most organisations without ActiveSync never set it up: nobody misses it. */
const nothing = ({ evidence }: HttpAnswer): Judgement<never> => ({
  ok: false,
  notNeeded: true,
  title: title('autodiscover-phone.nothing', {}),
  evidence: [evidence],
});

function judgeAction(
  response: MobileSyncResponse,
  untidy: readonly FindingDraft[],
  answer: HttpAnswer,
  { foundBy }: PhoneInput,
): Judgement<SettingsDocument> {
  const { action } = response;
  if (action.kind !== 'settings' || action.urls.length === 0) return nothing(answer);
  const { host } = answer;
  const body: SettingsEvidence = {
    displayName: response.displayName,
    source: host,
    method: foundBy,
    document: FORM,
    general: shownRows(response.rows),
    unknown: shownRows(response.unknown),
    protocols: [],
  };
  const target = action.urls.map(({ url }) => url.slice(0, 500)).slice(0, 5);
  return {
    ok: true,
    value: {
      host,
      form: FORM,
      offers: urlOffers(action.urls),
      urls: action.urls,
      protocols: [],
      comparable: response,
      user: null,
    },
    title: title('autodiscover-phone.passed', { target }),
    findings: untidy,
    evidence: [{ kind: 'settings', body }, answer.evidence],
  };
}
