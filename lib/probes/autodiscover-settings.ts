/** Reads the settings document and judges whether Outlook can use what is in it. [MS-OXDSCLI] 2.2.4 */
import type { Net } from '#lib/net/door.ts';
import type { HttpAnswer } from '#lib/net/http-message.ts';
import type { Evidence } from '#lib/result/evidence.ts';
import { draft, type FindingDraft } from '#lib/result/finding.ts';
import type { Judgement, Probe, Subject } from '#lib/result/probe.ts';
import { title } from '#lib/result/titles.ts';
import { decodePoxResponse, type PoxProtocol, type PoxResponse } from '#lib/wire/autodiscover/pox.ts';
import { MAX_DEPTH, type XmlFault } from '#lib/wire/xml/reader.ts';
import { bodyKind } from './judging/body.ts';

export interface SettingsInput extends Subject {
  readonly answer: HttpAnswer;
  readonly mailbox: string;
  /** Whether the document came for credentials; without them it came to anybody. */
  readonly signedIn: boolean;
}

export type PoxSettings = PoxResponse & { readonly kind: 'settings' };

export const autodiscoverSettings: Probe<Net, SettingsInput, HttpAnswer, PoxSettings> = {
  id: 'autodiscover-settings',
  titles: {
    planned: () => title('autodiscover-settings.planned', {}),
    failed: () => title('autodiscover-settings.failed', {}),
  },
  emits: [
    'auth.anonymous-allowed',
    'autodiscover.invalid-xml',
    'autodiscover.provider-error',
    'autodiscover.address-unknown',
    'autodiscover.other-product-answers',
    'autodiscover.no-exch',
    'autodiscover.no-mapi-http',
    'http.unexpected-answer',
    'net.limit-reached',
    'tool.not-tested',
  ],
  observe: async (_net, { answer }) => answer,
  judge: (answer, input) => {
    const { host } = input;
    const body = bodyKind(answer);
    if (body.kind === 'other')
      return refuse(draft('http.unexpected-answer', { host, path: answer.path, what: body.what }));
    const document = decodePoxResponse(answer.body);
    return document.ok ? judgeResponse(document.response, input) : refuse(faultFinding(document.fault, host));
  },
};

const refuse = (finding: FindingDraft): Judgement<never> => ({ ok: false, findings: [finding] });

function faultFinding({ kind, reason, line, column }: XmlFault, host: string): FindingDraft {
  if (kind === 'too-deep')
    return draft('net.limit-reached', { host, what: 'XML nesting', limit: `${MAX_DEPTH} levels` });
  if (kind === 'too-many') return draft('net.limit-reached', { host, what: 'XML elements', limit: reason });
  return draft('autodiscover.invalid-xml', { host, reason, line, column });
}

function judgeResponse(response: PoxResponse, input: SettingsInput): Judgement<PoxSettings> {
  const { host, mailbox } = input;
  switch (response.kind) {
    case 'settings':
      return judgeSettings(response, input);
    case 'redirect':
      return refuse(
        draft('tool.not-tested', {
          what: `The redirect to ${response.target}`,
          reason: 'redirects are not followed yet',
        }),
      );
    case 'other':
      return refuse(
        draft('autodiscover.invalid-xml', {
          host,
          reason: `the root element is <${response.root}>`,
          line: 1,
          column: 1,
        }),
      );
    case 'error':
      return refuse(errorFinding(response, host, mailbox));
  }
}

/** Exchange says 500 or 501 for an address that it does not know, other servers 404. */
function errorFinding(
  { number, message, debug }: PoxResponse & { kind: 'error' },
  host: string,
  mailbox: string,
): FindingDraft {
  if (['500', '501', '404'].includes(number))
    return draft('autodiscover.address-unknown', { host, mailbox, number, message });
  return draft('autodiscover.provider-error', { host, number, message: message || 'no message', debug });
}

const OUTLOOK_PROTOCOLS = ['exch', 'expr', 'exhttp', 'mapihttp'];
const OTHER_PROTOCOLS = ['imap', 'pop3', 'smtp', 'dav', 'caldav', 'carddav'];

function judgeSettings(settings: PoxSettings, { host, answer, signedIn }: SettingsInput): Judgement<PoxSettings> {
  const offered = settings.protocols.map(({ type }) => type.toLowerCase());
  const protocols = settings.protocols.map(({ type }) => type).join(', ') || 'none';
  const evidence = [toEvidence(settings, host)];
  if (!offered.some((type) => OUTLOOK_PROTOCOLS.includes(type))) {
    const other = offered.some((type) => OTHER_PROTOCOLS.includes(type));
    const finding = other
      ? draft('autodiscover.other-product-answers', { host, protocols }, 'error')
      : draft('autodiscover.no-exch', { host, protocols });
    return { ok: false, findings: [finding], evidence };
  }
  const findings = [
    ...(signedIn ? [] : [draft('auth.anonymous-allowed', { host, path: answer.path })]),
    ...(offered.includes('mapihttp') ? [] : [draft('autodiscover.no-mapi-http', { host, protocols })]),
  ];
  return { ok: true, value: settings, title: title('autodiscover-settings.passed', { protocols }), findings, evidence };
}

function toEvidence({ displayName, protocols }: PoxSettings, source: string): Evidence {
  return { kind: 'settings', body: { displayName, source, protocols: protocols.slice(0, 50).map(toTable) } };
}

function toTable({ type, version, rows }: PoxProtocol) {
  const kept = rows
    .slice(0, 200)
    .map(({ path, value }) => ({ path: path.slice(0, 300), value: value.slice(0, 2_000) }));
  return { type: type.slice(0, 100), version: version?.slice(0, 100) ?? null, rows: kept };
}
