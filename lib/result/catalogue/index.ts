/**
 * Every finding that Throughline can make: default severity, who acts, the sentence and the types of its arguments.
 *
 * Codes are a public contract. Add freely, never reuse one, rename only with an alias.
 */

import type { ArgsFor } from '../message.ts';
import { auth } from './auth.ts';
import { autodiscover } from './autodiscover.ts';
import { dns } from './dns.ts';
import type { CatalogueEntry } from './entry.ts';
import { http } from './http.ts';
import { mailbox } from './mailbox.ts';
import { mapi } from './mapi.ts';
import { net } from './net.ts';
import { rpc } from './rpc.ts';
import { tls } from './tls.ts';
import { tool } from './tool.ts';

const entries = { ...dns, ...net, ...tls, ...http, ...auth, ...autodiscover, ...mapi, ...rpc, ...mailbox, ...tool };

export type FindingCode = keyof typeof entries;
export type ArgsOf<C extends FindingCode> = ArgsFor<(typeof entries)[C]['args']>;

export const catalogue: Readonly<Record<FindingCode, CatalogueEntry>> = entries;

/** Whether a word from outside (an address bar, a stored event) is a code of ours. */
export function isFindingCode(word: string): word is FindingCode {
  return Object.hasOwn(catalogue, word);
}
