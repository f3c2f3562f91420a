/** What stands in for Microsoft 365. Its front ends are recorded in public; the answers here are as those. */

import { mailServer } from '../hosts.ts';
import type { Handler } from '../http/message.ts';
import { CLOUD_NAMES } from '../layout.ts';
import type { Offers } from '../mail/sign-in.ts';
import { bearerChallenge } from '../oauth/bearer.ts';
import { fromTrusted, type MakeIdentity } from '../pki/identities.ts';
import type { Host } from '../world.ts';
import { answerJson, type JsonOffer, poxAt } from './json.ts';
import { redirectTo } from './redirects.ts';

/** One certificate for all of its names. */
const certificate: MakeIdentity = (authority) =>
  fromTrusted(authority, 'outlook.com', {
    names: ['outlook.com', '*.outlook.com', 'office365.com', '*.office365.com'],
  });

const [OUTLOOK, SECURE] = CLOUD_NAMES;

const urls: JsonOffer = () => ({
  autodiscoverv1: ['AutodiscoverV1', poxAt(OUTLOOK)],
  activesync: ['ActiveSync', `https://${OUTLOOK}/Microsoft-Server-ActiveSync`],
  ews: ['Ews', `https://${OUTLOOK}/EWS/Exchange.asmx`],
  rest: ['Rest', `https://${OUTLOOK}/api`],
});

/** It has the mailbox. */
export const knowsTheMailbox: Handler = answerJson({ urls });

/** Its service hosts: JSON for anybody, and everything else for who has a token of theirs. */
export function microsoft365(json: Handler = knowsTheMailbox): Host {
  const offers: Offers = (place) => [bearerChallenge(place, { authority: AUTHORITY })];
  // RPC over HTTP ended here on 31 October 2017.
  return mailServer({ certificate, json, offers, rpc: 'absent' });
}

const AUTHORITY = 'https://login.windows.net/common/oauth2/authorize';

/** What is behind the alias that a cloud domain has for `autodiscover`: nothing over TLS, as no certificate could fit every customer. */
export const sendsToSecureHost: Handler = redirectTo(() => poxAt(SECURE));

/** The name that such an alias leads to, with a dot at its end. */
export const CLOUD_ALIAS = 'autodiscover.outlook.com.';
