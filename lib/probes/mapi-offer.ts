/** Whether the settings offer MAPI over HTTP to a client outside, and where. [MS-OXDSCLI] 2.2.4.1.1.2.6.23 */
import type { Net } from '#lib/net/door.ts';
import { draft } from '#lib/result/finding.ts';
import type { Probe, Subject } from '#lib/result/probe.ts';
import { title } from '#lib/result/titles.ts';
import type { Service } from '#lib/wire/autodiscover/settings.ts';
import { readServiceUrl } from './judging/service-url.ts';
import type { SettingsDocument } from './judging/settings-document.ts';

export interface MapiOfferInput extends Subject {
  readonly mailbox: string;
  readonly documents: readonly SettingsDocument[];
  /** This transport alone is tested. */
  readonly isWanted: boolean;
}

export interface MapiOffered {
  readonly urls: { readonly mailbox: string; readonly addressBook: string };
  /** The legacy DN. */
  readonly dn: string | null;
  readonly displayName: string | null;
}

export const mapiOffer: Probe<Net, MapiOfferInput, null, MapiOffered> = {
  id: 'mapi-offer',
  titles: {
    planned: () => title('mapi-offer.planned', {}),
    failed: () => title('mapi-offer.failed', {}),
  },
  emits: ['mapi.not-offered'],
  // The settings are there already.
  observe: async () => null,
  judge: (_seen, { host, mailbox, documents, isWanted }) => {
    const store = addressOf(documents, 'MapiMailStore');
    const isOnlyWay = isWanted || !documents.some(offersRpc);
    if (store === null) {
      const args = { mailbox, host };
      const finding = isOnlyWay ? draft('mapi.not-offered', args, 'error') : draft('mapi.not-offered', args);
      return { ok: false, findings: [finding] };
    }
    const user = documents.find((document) => document.user !== null)?.user ?? null;
    const addressBook = addressOf(documents, 'MapiAddressBook') ?? store.replace(/\/emsmdb\b/i, '/nspi');
    return {
      ok: true,
      value: {
        urls: { mailbox: store, addressBook },
        dn: user?.legacyDn ?? null,
        displayName: user?.displayName ?? null,
      },
      title: title('mapi-offer.passed', { url: store }),
    };
  },
};

/** For outside where there is one; an address for inside may work from here as well. */
function addressOf(documents: readonly SettingsDocument[], service: Service): string | null {
  const urls = documents.flatMap((document) => document.urls).filter((each) => each.service === service);
  const usable = urls.filter(({ url }) => readServiceUrl(url).ok);
  return (usable.find(({ side }) => side !== 'internal') ?? usable[0])?.url.trim() ?? null;
}

const offersRpc = ({ offers }: SettingsDocument): boolean =>
  offers.some(({ protocol, outside }) => outside && (protocol === 'expr' || protocol === 'exhttp'));
