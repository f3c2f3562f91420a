/** Reads the settings document and judges whether Outlook can use what is in it. [MS-OXDSCLI] 2.2.4 */
import type { Net } from '#lib/net/door.ts';
import type { HttpAnswer } from '#lib/net/http-message.ts';
import type { Evidence } from '#lib/result/evidence.ts';
import { draft, type FindingDraft } from '#lib/result/finding.ts';
import type { Judgement, Probe, Subject } from '#lib/result/probe.ts';
import { title } from '#lib/result/titles.ts';
import { type PoxError, type PoxRedirect, type PoxSettings, poxErrorMeaning } from '#lib/wire/autodiscover/pox.ts';
import { type Signpost, signpostIn } from './judging/destination.ts';
import type { Offer, ProtocolId } from './judging/offers.ts';
import { readPoxAnswer } from './judging/pox-document.ts';
import { formNames, type OutlookAsker } from './judging/pox-request.ts';
import { readServiceUrl } from './judging/service-url.ts';
import {
  outlookDocument,
  poxEvidence,
  protocolNamesIn,
  type SettingsDocument,
  sidesEvidence,
} from './judging/settings-document.ts';
import { authPackageFindings, proxyFindings, urlFindings } from './judging/settings-findings.ts';

export interface SettingsInput extends Subject {
  readonly answer: HttpAnswer;
  readonly mailbox: string;
  /** How the host was found, in words. */
  readonly foundBy: string;
  /** Whether the document came for credentials; without them it came to anybody. */
  readonly signedIn: boolean;
  /** As whom they were asked for: it decides what may be missing. */
  readonly asker: OutlookAsker;
}

/** Settings, or the word of the server that they are to be had elsewhere. */
export type SettingsOrSignpost =
  | { readonly kind: 'settings'; readonly document: SettingsDocument }
  | { readonly kind: 'onward'; readonly signpost: Signpost };

export const autodiscoverSettings: Probe<Net, SettingsInput, HttpAnswer, SettingsOrSignpost> = {
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
    'autodiscover.no-expr',
    'autodiscover.no-mapi-http',
    'autodiscover.no-auth-package',
    'autodiscover.untidy-document',
    'autodiscover.url-internal-only',
    'autodiscover.url-not-https',
    'http.unexpected-answer',
    'net.limit-reached',
  ],
  observe: async (_net, { answer }) => answer,
  judge: (answer, input) => {
    const signpost = signpostIn(answer);
    if (signpost !== null) return onward(signpost, []);
    const document = readPoxAnswer(answer);
    if (!document.ok) return refuse(document.finding);
    const { response, untidy } = document;
    switch (response.kind) {
      case 'settings':
        return judgeSettings(response, untidy, input);
      case 'redirect':
        return onward(signpostOf(response, input), untidy);
      case 'error':
        return refuse(errorFinding(response, input));
      case 'mobile-sync':
        return refuse(notTheDocument('it is one for phones', input));
      case 'other':
        return refuse(notTheDocument(`the root element is <${response.root.slice(0, 100)}>`, input));
    }
  },
};

const refuse = (finding: FindingDraft): Judgement<never> => ({ ok: false, findings: [finding] });

const notTheDocument = (reason: string, { host }: SettingsInput): FindingDraft =>
  draft('autodiscover.invalid-xml', { host, reason, line: 1, column: 1 });

function onward(signpost: Signpost, findings: readonly FindingDraft[]): Judgement<SettingsOrSignpost> {
  const target = signpost.location.slice(0, 500) || 'nowhere';
  const passed = title('autodiscover-settings.redirected', { target });
  return { ok: true, value: { kind: 'onward', signpost }, title: passed, findings };
}

/** [MS-OXDSCLI] 2.2.4.1.1.2.2 */
function signpostOf({ to, target }: PoxRedirect, { mailbox, answer }: SettingsInput): Signpost {
  return to === 'address'
    ? { from: mailbox, how: 'RedirectAddr', location: target, kind: 'address' }
    : { from: `https://${answer.host}${answer.path}`, how: 'RedirectUrl', location: target, kind: 'url' };
}

/** Exchange says 500 or 501 for an address that it does not know, other servers 404. */
function errorFinding({ number, message, debug }: PoxError, { host, mailbox }: SettingsInput): FindingDraft {
  if (['500', '501', '404'].includes(number))
    return draft('autodiscover.address-unknown', { host, mailbox, number, message });
  const meaning = poxErrorMeaning(number) ?? 'its meaning is not known';
  return draft('autodiscover.provider-error', { host, number, message: message || meaning, debug, meaning });
}

const OUTLOOK_PROTOCOLS = ['exch', 'expr', 'exhttp', 'mapihttp'];
const OTHER_PROTOCOLS = ['imap', 'pop3', 'smtp', 'dav', 'caldav', 'carddav'];

/** By what each Outlook reaches a mailbox from outside. */
const WAYS_IN: Readonly<Record<OutlookAsker, readonly ProtocolId[]>> = {
  outlook: ['mapiHttp', 'exhttp', 'expr'],
  'older-outlook': ['exhttp', 'expr'],
};

/**
 * Whether whoever asked gets in from outside. Where MAPI over HTTP is offered to one that speaks it, it decides: no source tells of a way
 * back to the older protocols. An address for inside counts where it looks as if it worked outside: Outlook tries it first.
 */
function hasWayIn(ways: readonly Offer[], { protocols }: PoxSettings, asker: OutlookAsker): boolean {
  const urls = asker === 'outlook' ? protocols.flatMap((protocol) => protocol.urls) : [];
  const mapi = urls.filter(({ service }) => service === 'MapiMailStore');
  if (mapi.length > 0) return mapi.some(({ url }) => readServiceUrl(url).ok);
  return ways.some(({ outside }) => outside);
}

/** Addresses of MAPI over HTTP are judged with all others. */
function noWayIn(ways: readonly Offer[], protocols: string, input: SettingsInput): FindingDraft[] {
  if (ways.length === 0) return [draft('autodiscover.no-expr', { host: input.host, protocols })];
  return ways.some(({ protocol }) => protocol === 'mapiHttp') ? [] : proxyFindings(ways, input);
}

function judgeSettings(
  settings: PoxSettings,
  untidy: readonly FindingDraft[],
  input: SettingsInput,
): Judgement<SettingsOrSignpost> {
  const { host, foundBy, answer, signedIn, asker } = input;
  const offered = settings.protocols.map(({ key }) => key);
  const protocols = protocolNamesIn(settings);
  const form = formNames[asker];
  const sides = sidesEvidence(settings);
  const evidence: Evidence[] = [
    { kind: 'settings', body: poxEvidence(settings, { host, foundBy }, form) },
    ...(sides === null ? [] : [{ kind: 'comparison', body: sides } as const]),
  ];
  if (!offered.some((type) => OUTLOOK_PROTOCOLS.includes(type))) {
    const other = offered.some((type) => OTHER_PROTOCOLS.includes(type));
    const finding = other
      ? draft('autodiscover.other-product-answers', { host, protocols }, 'error')
      : draft('autodiscover.no-exch', { host, protocols });
    return { ok: false, findings: [finding, ...untidy], evidence };
  }
  const document = outlookDocument(settings, host, form);
  const ways = document.offers.filter(({ protocol }) => WAYS_IN[asker].includes(protocol));
  const unusable = !hasWayIn(ways, settings, asker);
  const findings = [
    ...(signedIn ? [] : [draft('auth.anonymous-allowed', { host, path: answer.path })]),
    ...(asker === 'older-outlook' || offered.includes('mapihttp')
      ? []
      : [draft('autodiscover.no-mapi-http', { host, protocols })]),
    ...(unusable ? noWayIn(ways, protocols, input) : []),
    // Where nothing leads in from outside, it goes without saying that the rest is for inside as well.
    ...urlFindings(settings, input).filter(({ code }) => ways.length > 0 || code !== 'autodiscover.url-internal-only'),
    ...authPackageFindings(settings, host),
    ...untidy,
  ];
  const passed = title('autodiscover-settings.passed', { protocols });
  const value = { kind: 'settings', document } as const;
  return { ok: true, value, ...(unusable && { unusable }), title: passed, findings, evidence };
}
