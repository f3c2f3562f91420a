/** What comes back for a ClientHello: everything up to the point at which the client would have to say something. */
import { WireError } from '../error.ts';
import {
  type CertificateRequest,
  decodeCertificateRequest,
  decodeCertificates,
  decodeServerHello,
  type ServerHello,
} from './handshake.ts';
import { MESSAGE, type Message, MessageReader } from './messages.ts';
import { ALERT, APPLICATION_DATA, CHANGE_CIPHER_SPEC, HANDSHAKE, RecordReader, type TlsRecord } from './records.ts';
import { VERSIONS } from './versions.ts';

export interface ServerFlight {
  readonly hello: ServerHello | null;
  /** In DER, leaf first; null where none came, as in TLS 1.3, which hides them. */
  readonly certificates: readonly Uint8Array[] | null;
  readonly certificateRequest: CertificateRequest | null;
  /** The number of the alert that ended it. */
  readonly alert: number | null;
  /** Alerts that did not end it. */
  readonly warnings: readonly number[];
  /** Whole records of TLS 1.3 after the hello, as they came. */
  readonly encrypted: readonly Uint8Array[];
  /** Bytes of the ServerHello with its header: part of what keys are made of. RFC 8446 4.4.1 */
  readonly helloBytes: Uint8Array | null;
  /** It is the client's turn, or the end. */
  readonly isComplete: boolean;
}

/** A whole flight with a long list of authorities; an honest one has about 5 KiB. */
export const MOST_FLIGHT = 256 * 1024;
/** Some servers warn that they do not know the name, and go on. */
const MOST_WARNINGS = 5;
const WARNING = 1;
const FATAL = 2;
const CLOSE_NOTIFY = 0;

/** Each at most once. RFC 5246 7.3, RFC 6066 8 */
const ORDER: readonly number[] = [
  ...[MESSAGE.serverHello, MESSAGE.certificate, MESSAGE.certificateStatus, MESSAGE.serverKeyExchange],
  ...[MESSAGE.certificateRequest, MESSAGE.serverHelloDone],
];

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** Reads a flight while it comes in. In TLS 1.3 it ends at the hello if nobody wants what is encrypted. */
export class FlightReader {
  readonly #records = new RecordReader();
  readonly #messages = new MessageReader();
  readonly #wantsEncrypted: boolean;
  readonly #encrypted: Uint8Array[] = [];
  readonly #warnings: number[] = [];
  readonly #flight: Mutable<ServerFlight>;
  #size = 0;
  /** Of the last message, in their order. */
  #place = -1;

  /** @param wantsEncrypted go on after the hello of TLS 1.3: whoever holds the keys says when it is enough */
  constructor(wantsEncrypted = false) {
    this.#wantsEncrypted = wantsEncrypted;
    this.#flight = {
      ...{ hello: null, helloBytes: null, certificates: null, certificateRequest: null },
      ...{ alert: null, warnings: this.#warnings, encrypted: this.#encrypted, isComplete: false },
    };
  }

  get flight(): ServerFlight {
    return this.#flight;
  }

  /**
   * Takes the next bytes and says whether it is enough.
   * @throws WireError for what no TLS server would send
   */
  push(piece: Uint8Array): boolean {
    this.#size += piece.length;
    if (this.#size > MOST_FLIGHT) throw new WireError('too-large', at(this.#size), 'a handshake that does not end');
    for (const record of this.#records.push(piece)) {
      this.#take(record);
      if (this.#flight.isComplete) break;
    }
    return this.#flight.isComplete;
  }

  /** Nothing more comes. @throws WireError truncated, before it is the client's turn */
  end(): ServerFlight {
    if (!this.#flight.isComplete) throw new WireError('truncated', at(this.#size), 'it ends too early');
    return this.#flight;
  }

  /** In TLS 1.3 everything after the hello is encrypted. */
  get #isHidden(): boolean {
    return this.#flight.hello?.version === VERSIONS['TLS 1.3'];
  }

  #take(record: TlsRecord): void {
    const { type, fragment, offset } = record;
    const isHidden = this.#isHidden;
    if (type === ALERT) this.#takeAlert(fragment, offset);
    else if (type === HANDSHAKE && !isHidden && fragment.length > 0) this.#takeMessages(fragment);
    else if (type === APPLICATION_DATA && isHidden) this.#encrypted.push(wholeRecord(record));
    // Means nothing in TLS 1.3, but is sent for the sake of devices on the way. RFC 8446 D.4
    else if (type !== CHANGE_CIPHER_SPEC || !isHidden || fragment.length !== 1) {
      throw new WireError('bad-value', at(offset), 'not the record that belongs here');
    }
  }

  #takeMessages(fragment: Uint8Array): void {
    for (const message of this.#messages.push(fragment)) this.#takeMessage(message);
  }

  #takeAlert(fragment: Uint8Array, offset: number): void {
    const [level, number] = fragment;
    if (fragment.length !== 2 || level === undefined || number === undefined || (level !== WARNING && level !== FATAL))
      throw new WireError('bad-value', at(offset, 'alert', 'RFC 8446 6'), 'this is no alert');
    if (level === FATAL || number === CLOSE_NOTIFY) {
      this.#flight.alert = number;
      this.#flight.isComplete = true;
      return;
    }
    this.#warnings.push(number);
    if (this.#warnings.length > MOST_WARNINGS)
      throw new WireError('too-large', at(offset, 'alert'), 'too many warnings');
  }

  #takeMessage(message: Message): void {
    if (message.type === MESSAGE.helloRequest && message.body.length === 0) return;
    const place = ORDER.indexOf(message.type);
    const isFirst = this.#place < 0;
    if (place <= this.#place || (isFirst && place > 0) || this.#isHidden || this.#flight.isComplete)
      throw misplaced(message);
    this.#place = place;
    switch (message.type) {
      case MESSAGE.serverHello:
        this.#takeHello(message);
        break;
      case MESSAGE.certificate:
        this.#flight.certificates = decodeCertificates(message);
        break;
      case MESSAGE.certificateRequest:
        this.#flight.certificateRequest = decodeCertificateRequest(message, this.#flight.hello?.version ?? 0);
        break;
      case MESSAGE.serverHelloDone:
        this.#flight.isComplete = true;
    }
  }

  #takeHello(message: Message): void {
    const hello = decodeServerHello(message);
    const { body } = message;
    const header = [MESSAGE.serverHello, body.length >> 16, (body.length >> 8) & 0xff, body.length & 0xff];
    this.#flight.hello = hello;
    this.#flight.helloBytes = Uint8Array.from([...header, ...body]);
    if (hello.version !== VERSIONS['TLS 1.3']) return;
    this.#flight.isComplete = hello.isRetryRequest || !this.#wantsEncrypted;
  }
}

/**
 * A flight that has come as a whole. What stands behind it is not looked at: a server may say more before it hears.
 * @throws WireError
 */
export function decodeServerFlight(bytes: Uint8Array): ServerFlight {
  const reader = new FlightReader();
  reader.push(bytes);
  return reader.end();
}

/** The header is part of what encryption protects. RFC 8446 5.2 */
function wholeRecord({ type, version, fragment }: TlsRecord): Uint8Array {
  const { length } = fragment;
  return Uint8Array.from([type, version >> 8, version & 0xff, length >> 8, length & 0xff, ...fragment]);
}

const at = (offset: number, path = 'flight', spec = 'RFC 8446 4') => ({ path, offset, spec });

function misplaced({ type, offset }: Message): WireError {
  return new WireError('bad-value', at(offset, `handshake.type`), `message ${type} does not belong here`);
}
