/**
 * Asks in the newer form: one address for one protocol, as JSON, and nobody has to sign in. It is not proof of a mailbox: some servers
 * answer the same for every address.
 */
import type { Way } from '#lib/auth/signed-request.ts';
import { signedRequest } from '#lib/auth/signed-request.ts';
import type { Net } from '#lib/net/door.ts';
import { type HttpAnswer, header } from '#lib/net/http-message.ts';
import type { SettingsEvidence } from '#lib/result/evidence.ts';
import { draft } from '#lib/result/finding.ts';
import type { Judgement, Probe, Subject } from '#lib/result/probe.ts';
import { title } from '#lib/result/titles.ts';
import { decodeJsonResponse, type JsonResponse, jsonPath } from '#lib/wire/autodiscover/json.ts';
import { urlOffers } from './judging/offers.ts';
import type { SettingsDocument } from './judging/settings-document.ts';

export interface JsonInput extends Subject {
  readonly mailbox: string;
  /** How the host was found, in words. */
  readonly foundBy: string;
  readonly way: Way;
  /** Something else speaks for a mail system here, so that a missing answer is worth a word. */
  readonly expected: boolean;
}

/** What Exchange knows, what only the cloud knows, and one that nobody knows: it shows whether the server looks at the question. */
const PROTOCOLS = ['AutodiscoverV1', 'ActiveSync', 'Ews', 'MapiHttp', 'Rest', 'Throughline'] as const;

interface Asked {
  readonly protocol: string;
  readonly answer: HttpAnswer;
}

/** The document, and the addresses by the names of the protocols that were asked for. */
export interface JsonSettings {
  readonly document: SettingsDocument;
  readonly urls: Readonly<Record<string, string>>;
}

export const autodiscoverJson: Probe<Net, JsonInput, readonly Asked[], JsonSettings> = {
  id: 'autodiscover-json',
  titles: {
    planned: () => title('autodiscover-json.planned', {}),
    failed: () => title('autodiscover-json.failed', {}),
  },
  emits: ['autodiscover.no-json'],
  observe: (net, { way, mailbox }, signal) =>
    Promise.all(
      PROTOCOLS.map(async (protocol) => {
        const path = jsonPath({ address: mailbox, protocol });
        const request = { method: 'GET', path, headers: [['Accept', 'application/json']], body: '' } as const;
        return { protocol, answer: await signedRequest(net, way, null, request, signal) };
      }),
    ),
  judge: (seen, { host, foundBy, expected }) => {
    const evidence = seen.map(({ answer }) => answer.evidence);
    const read = seen.map(({ protocol, answer }) => ({ protocol, answer, response: responseOf(answer) }));
    const offered = read.flatMap(({ protocol, response }) =>
      response?.kind === 'endpoint' ? [{ protocol, response }] : [],
    );
    if (offered.length === 0) {
      const said = sayOf(read[0]?.answer, read[0]?.response ?? null);
      const nothing: Judgement<never> = {
        ok: false,
        notNeeded: true,
        title: title('autodiscover-json.nothing', {}),
        evidence,
      };
      return expected
        ? { ok: false, findings: [draft('autodiscover.no-json', { host, answer: said })], evidence }
        : nothing;
    }
    const addresses = offered.flatMap(({ response }) => response.urls);
    const urls = Object.fromEntries(offered.map(({ protocol, response }) => [protocol, response.url]));
    const document = {
      host,
      form: FORM,
      offers: urlOffers(addresses),
      urls: addresses,
      protocols: [],
      comparable: null,
      user: null,
    };
    const body: SettingsEvidence = {
      displayName: null,
      source: host,
      method: foundBy,
      document: FORM,
      general: read.map(({ protocol, answer, response }) => ({ path: protocol, value: sayOf(answer, response) })),
      protocols: [],
    };
    return {
      ok: true,
      value: { document, urls },
      title: title('autodiscover-json.passed', { protocols: offered.map(({ protocol }) => protocol) }),
      evidence: [{ kind: 'settings', body }, ...evidence],
    };
  },
};

const FORM = 'JSON';

/** Null for what is no JSON. */
function responseOf(answer: HttpAnswer): JsonResponse | null {
  const read = decodeJsonResponse(answer.body, header(answer.headers, 'content-type'));
  return read.ok ? read.response : null;
}

function sayOf(answer: HttpAnswer | undefined, response: JsonResponse | null): string {
  switch (response?.kind) {
    case 'endpoint':
      return response.url.slice(0, 2_000);
    case 'not-offered':
      return 'not offered';
    case 'error':
      return `${response.code}: ${response.message}`.slice(0, 500);
    case 'other':
      return response.what.slice(0, 500);
    case undefined:
      return answer === undefined ? 'no answer' : saidByStatus(answer);
  }
}

/** A redirect of Microsoft 365 says that the mailbox is not there. */
function saidByStatus({ status, headers }: HttpAnswer): string {
  const location = header(headers, 'location');
  return location === null ? `status ${status}` : `status ${status}, to ${location.slice(0, 500)}`;
}
