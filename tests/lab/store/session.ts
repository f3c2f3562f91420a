/** What a client may do with the mailbox once it is known who he is, whichever protocol carries it. */
import { type AuxBlock, connectBlocks } from './auxiliary.ts';
import { ecAccessDenied, ecRpcFormat, ecUnknownCodePage, ecUnknownUser, SUCCESS } from './codes.ts';
import { type Packing, readPayload, writePayload } from './extended-buffer.ts';
import { type StoreMailbox, usualMailbox } from './mailbox.ts';
import { sameDn } from './owner.ts';
import { COLLEAGUES } from './people.ts';
import { type LogonBend, RopEngine } from './rops.ts';

/** How the store is bent. */
export interface StoreBend {
  mailbox?: StoreMailbox;
  /** The ErrorCode of Connect (EcDoConnectEx), whoever asks. */
  connect?: number;
  /** What a logon gets in place of the mailbox. */
  logon?: LogonBend;
}

export interface ConnectRequest {
  readonly dn: string;
  readonly codePage: number;
}

/** What both Connect and EcDoConnectEx answer; in a refusal all numbers are zero and all strings are empty. */
export interface ConnectAnswer {
  readonly errorCode: number;
  readonly pollsMax: number;
  readonly retryCount: number;
  readonly retryDelay: number;
  readonly dnPrefix: string;
  readonly displayName: string;
  readonly auxiliary: readonly AuxBlock[];
  /** Null if refused. */
  readonly session: StoreSession | null;
}

/** rgbOut is empty if the error code says that the whole buffer was refused. */
export interface ExecuteAnswer {
  readonly errorCode: number;
  readonly rgbOut: Buffer;
}

export class StoreSession {
  readonly #rops: RopEngine;

  constructor(mailbox: StoreMailbox, logon: LogonBend | undefined) {
    this.#rops = new RopEngine(mailbox, logon);
  }

  /** Carries out the ROPs of rgbIn (RopBuffer). @param limit how much may come back, MaxRopOut */
  execute(rgbIn: Uint8Array, limit: number, packing: Packing = 'plain'): ExecuteAnswer {
    const payload = readPayload(rgbIn);
    if (payload === null) return { errorCode: ecRpcFormat, rgbOut: Buffer.alloc(0) };
    const answer = this.#rops.execute(payload, limit - 8);
    if ('errorCode' in answer) return { errorCode: answer.errorCode, rgbOut: Buffer.alloc(0) };
    return { errorCode: SUCCESS, rgbOut: writePayload(answer.payload, packing) };
  }
}

/** Lets in whoever names the mailbox by its DN. It is for the protocol to know that he has signed in. */
export function connectToStore({ dn, codePage }: ConnectRequest, bend: StoreBend = {}): ConnectAnswer {
  const mailbox = bend.mailbox ?? usualMailbox;
  const errorCode = bend.connect ?? refusalFor(dn, codePage, mailbox);
  if (errorCode !== SUCCESS) return { ...nothing, errorCode };
  return {
    errorCode,
    pollsMax: 60_000,
    retryCount: 6,
    // Exchange adds a little, so that not all clients come back at once.
    retryDelay: 10_146,
    dnPrefix: '',
    displayName: mailbox.displayName,
    auxiliary: connectBlocks(),
    session: new StoreSession(mailbox, bend.logon),
  };
}

const nothing: Omit<ConnectAnswer, 'errorCode'> = {
  ...{ pollsMax: 0, retryCount: 0, retryDelay: 0, dnPrefix: '', displayName: '' },
  auxiliary: [],
  session: null,
};

/** Windows code pages that a server of today knows, and UTF-8. */
const codePages = [874, 932, 936, 949, 950, 1250, 1251, 1252, 1253, 1254, 1255, 1256, 1257, 1258, 20127, 28591, 65001];

function refusalFor(dn: string, codePage: number, mailbox: StoreMailbox): number {
  if (!codePages.includes(codePage)) return ecUnknownCodePage;
  if (sameDn(dn, mailbox.dn)) return SUCCESS;
  return COLLEAGUES.some((colleague) => sameDn(dn, colleague.dn)) ? ecAccessDenied : ecUnknownUser;
}
