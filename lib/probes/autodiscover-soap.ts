/** Asks as programs do: GetUserSettings over SOAP, which Outlook for Mac and everything built on Exchange Web Services uses. [MS-OXWSADISC] 3.1.4 */
import { signedRequest } from '#lib/auth/signed-request.ts';
import type { Net } from '#lib/net/door.ts';
import { type HttpAnswer, type HttpRequest, header } from '#lib/net/http-message.ts';
import type { SettingsEvidence } from '#lib/result/evidence.ts';
import { draft } from '#lib/result/finding.ts';
import type { Judgement, Probe } from '#lib/result/probe.ts';
import { title } from '#lib/result/titles.ts';
import {
  decodeGetUserSettings,
  encodeGetUserSettings,
  SOAP_ACTION,
  SOAP_PATH,
  type SoapResponse,
  type SoapSettings,
  soapErrorMeaning,
  type UserSetting,
} from '#lib/wire/autodiscover/soap.ts';
import { urlOffers } from './judging/offers.ts';
import { type SecondLookInput, secondLook } from './judging/second-look.ts';
import { type Origin, type SettingsDocument, shownRows } from './judging/settings-document.ts';

const FORM = 'SOAP';

export const autodiscoverSoap: Probe<Net, SecondLookInput, HttpAnswer, SettingsDocument> = {
  id: 'autodiscover-soap',
  titles: {
    planned: () => title('autodiscover-soap.planned', {}),
    failed: () => title('autodiscover-soap.failed', {}),
  },
  emits: ['auth.inconsistent', 'autodiscover.no-soap', 'autodiscover.provider-error'],
  observe: (net, input, signal) => signedRequest(net, input.way, input.signIn, soapRequest(input), signal),
  judge: (answer, input) => {
    const look = secondLook(answer, input);
    if (look.kind === 'refused') return { ok: false, findings: [look.finding], evidence: [answer.evidence] };
    if (look.kind === 'absent') return absent(answer, look.answer);
    const document = decodeGetUserSettings(answer.body, header(answer.headers, 'content-type'));
    if (!document.ok) return absent(answer, document.fault.reason);
    return judgeResponse(document.response, answer, input);
  },
};

function soapRequest({ host, mailbox }: SecondLookInput): HttpRequest {
  return {
    method: 'POST',
    path: SOAP_PATH,
    headers: [
      ['Content-Type', 'text/xml; charset=utf-8'],
      ['SOAPAction', `"${SOAP_ACTION}"`],
    ],
    body: encodeGetUserSettings({ address: mailbox, url: `https://${host}${SOAP_PATH}` }),
  };
}

const absent = ({ host, evidence }: HttpAnswer, answer: string): Judgement<never> => ({
  ok: false,
  findings: [draft('autodiscover.no-soap', { host, answer: answer.slice(0, 500) })],
  evidence: [evidence],
});

function judgeResponse(response: SoapResponse, answer: HttpAnswer, origin: Origin): Judgement<SettingsDocument> {
  const { host } = origin;
  switch (response.kind) {
    case 'user-settings':
      return judgeSettings(response, answer, origin);
    case 'redirect':
      return absent(answer, `it sends programs on to ${response.target}`);
    case 'fault':
      return absent(answer, `a fault of SOAP: ${response.message || response.code}`);
    case 'other':
      return absent(answer, `a document with the root element <${response.root}>`);
    case 'error': {
      const { code: number, message } = response;
      const meaning = soapErrorMeaning(number) ?? 'its meaning is not known';
      const args = { host, number, message: message || meaning, debug: '', meaning };
      return { ok: false, findings: [draft('autodiscover.provider-error', args)], evidence: [answer.evidence] };
    }
  }
}

function judgeSettings(
  settings: SoapSettings,
  answer: HttpAnswer,
  { host, foundBy }: Origin,
): Judgement<SettingsDocument> {
  const body: SettingsEvidence = {
    displayName: textOf(settings.settings.find(({ name }) => name === 'UserDisplayName')),
    source: host,
    method: foundBy,
    document: FORM,
    general: settings.settings.slice(0, 200).map((one) => ({ path: one.name.slice(0, 300), value: textOf(one) ?? '' })),
    unknown: shownRows(settings.unknown),
    protocols: [],
  };
  return {
    ok: true,
    value: {
      host,
      form: FORM,
      offers: urlOffers(settings.urls),
      urls: settings.urls,
      protocols: [],
      comparable: settings,
      user: null,
    },
    title: title('autodiscover-soap.passed', { count: settings.settings.length }),
    evidence: [{ kind: 'settings', body }, answer.evidence],
  };
}

/** One setting in one line; null where there is none. */
function textOf(setting: UserSetting | undefined): string | null {
  if (setting === undefined) return null;
  const { value } = setting;
  switch (value.kind) {
    case 'text':
      return value.text.slice(0, 2_000);
    case 'web-client-urls':
      return line(value.urls.map(({ authentication, url }) => `${url} (${authentication ?? 'no method named'})`));
    case 'connections':
      return line(
        value.connections.map(({ host, port, encryption }) => `${host}:${port ?? '?'} (${encryption ?? '?'})`),
      );
    case 'alternate-mailboxes':
      return line(
        value.mailboxes.map(({ type, address, displayName }) => `${type ?? '?'}: ${address ?? displayName ?? '?'}`),
      );
    case 'document-sharing':
      return line(value.locations.map(({ name, location }) => `${name ?? '?'}: ${location ?? '?'}`));
    case 'other':
      return line(value.rows.map((row) => `${row.path}: ${row.value}`));
  }
}

const line = (parts: readonly string[]): string => parts.slice(0, 50).join(', ').slice(0, 2_000);
