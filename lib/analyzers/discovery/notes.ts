/** What a run writes down about one way to the settings while it goes it: read at the end, when all ways are laid side by side. */
import type { JsonSettings } from '#lib/probes/autodiscover-json.ts';
import type { OutlookAsker } from '#lib/probes/judging/pox-request.ts';
import type { SettingsDocument } from '#lib/probes/judging/settings-document.ts';
import type { FindingCode } from '#lib/result/catalogue/index.ts';
import type { DocumentId, MethodId } from '../clients/facts.ts';

export class MethodNotes {
  readonly method: MethodId;
  /** As whom Outlook's settings are asked for on this way. */
  readonly asker: OutlookAsker;
  /** Where it leads; null where it leads nowhere. */
  host: string | null = null;
  /** Schemes that were offered there, in lower case. */
  signIn: readonly string[] = [];
  channelBindingRequired = false;
  /** Null: asked for, and there is none. */
  readonly documents: Partial<Record<DocumentId, SettingsDocument | null>> = {};
  /** Why a document is missing. */
  readonly missing: Partial<Record<DocumentId, readonly FindingCode[]>> = {};
  json: JsonSettings | null = null;

  constructor(method: MethodId, asker: OutlookAsker) {
    this.method = method;
    this.asker = asker;
  }
}
