/** What a run has found out about the ways to the settings: all that is needed to say what each kind of client would make of it. */
import type { Offer, ProtocolId } from '#lib/probes/judging/offers.ts';
import type { OutlookAsker } from '#lib/probes/judging/pox-request.ts';
import type { FindingCode } from '#lib/result/catalogue/index.ts';

export type { Offer, ProtocolId };

/** The ways to the settings that somebody outside the network can go. [MS-OXDISCO] 3.1.5; `cloud` is Microsoft 365. */
export const methodIds = ['cloud', 'https-root', 'https-autodiscover', 'http-redirect', 'srv'] as const;
export type MethodId = (typeof methodIds)[number];

export interface SettingsSummary {
  readonly offers: readonly Offer[];
}

/** `outlook`: POX, asked with X-MapiHttpCapability; `outlookPlain`: without it. */
export type DocumentId = 'outlook' | 'outlookPlain' | 'mobilesync' | 'soap' | 'json';

/** Outlook's own, by who asks for it. */
export const documentFor = { outlook: 'outlook', 'older-outlook': 'outlookPlain' } as const satisfies Readonly<
  Record<OutlookAsker, DocumentId>
>;

/** What each document says. Absent: it was not asked for. Null: it was, and there is none. */
export interface Documents {
  readonly outlook?: SettingsSummary | null;
  readonly outlookPlain?: SettingsSummary | null;
  readonly mobilesync?: SettingsSummary | null;
  readonly soap?: SettingsSummary | null;
  /** URLs by the name of the protocol that was asked for: AutodiscoverV1, ActiveSync, Ews, …. */
  readonly json?: Readonly<Record<string, string>> | null;
}

export interface MethodFacts {
  readonly method: MethodId;
  /** Where it leads; for `srv` the target. Null where it leads nowhere. */
  readonly host: string | null;
  /** `works`: at least one document with settings came of it. */
  readonly outcome: 'works' | 'fails' | 'not-tested';
  /** Codes of what stopped it, or of why it was not tested. */
  readonly because: readonly FindingCode[];
  /** Codes of what a person would notice on the way, whatever comes of it. */
  readonly felt: readonly FindingCode[];
  /** From the beginning of this method to its end, for one document; null where it was not tried. */
  readonly elapsedMs: number | null;
  /** Schemes that the endpoint offers, in lower case; empty where it asked for no sign-in, or was not reached. */
  readonly signIn: readonly string[];
  /** NTLM and Negotiate get in with the right channel binding only. */
  readonly channelBindingRequired: boolean;
  /** As whom Outlook's settings were asked for; only whoever was given them asked once more as the other. */
  readonly asker: OutlookAsker;
  readonly documents: Documents;
  /** Why a document is missing, where that is known. */
  readonly missing?: Readonly<Partial<Record<DocumentId, readonly FindingCode[]>>>;
}

export interface DiscoveryFacts {
  /** Each method at most once, in any order; those that are absent were not tried. */
  readonly methods: readonly MethodFacts[];
}
